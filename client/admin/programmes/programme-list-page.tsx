import { Plus } from "lucide";
import { formatNumber, formatShortDate } from "../../i18n/format.ts";
import { Icon } from "../../ui/icon.tsx";
import { canChange } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { programmes } from "../current-choice.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { EmptyState } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { jpSum } from "./jp-sum.ts";

export function ProgrammeListPage() {
  const items = programmes.value ?? [];
  const create = canChange.value && (
    <AdminLink class="button button-primary" href={adminPath.newProgramme()}>
      <Icon of={Plus} />
      {t("programmes.new")}
    </AdminLink>
  );
  if (items.length === 0) {
    return (
      <>
        <PageHead title={t("programmes.title")} />
        <EmptyState title={t("programmes.empty.title")} action={create}>
          {t("programmes.empty.text")}
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHead title={t("programmes.title")} lead={t("programmes.lead")} actions={create} />
      <div class="table-scroll">
        <table class="table table-cards">
          <thead>
            <tr>
              <th scope="col">{t("programmes.name")}</th>
              <th scope="col">{t("programmes.code")}</th>
              <th scope="col" class="number">
                {t("programmes.units")}
              </th>
              <th scope="col" class="number">
                {t("programmes.totalJp")}
              </th>
              <th scope="col" class="number">
                {t("programmes.created")}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, code, title, units, createdAt }) => (
              <tr key={id}>
                <td class="card-title">
                  <AdminLink class="row-link" href={adminPath.programme(code)}>
                    {title}
                  </AdminLink>
                </td>
                <td data-label={t("programmes.code")}>{code}</td>
                <td class="number" data-label={t("programmes.units")}>
                  {formatNumber(units.length)}
                </td>
                <td class="number" data-label={t("programmes.totalJp")}>
                  {formatNumber(jpSum(units))}
                </td>
                <td class="number" data-label={t("programmes.created")}>
                  {formatShortDate(createdAt, "Asia/Jakarta")}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

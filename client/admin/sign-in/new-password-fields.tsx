import { t } from "../admin-words.ts";
import { TextField } from "../form/field.tsx";

export interface NewPassword {
  readonly password: string;
  readonly again: string;
}

/** A new password, twice, as password managers expect it. */
export function NewPasswordFields(props: {
  readonly value: NewPassword;
  readonly errors: ReadonlyMap<string, string>;
  readonly onChange: (value: NewPassword) => void;
}) {
  const { value, errors, onChange } = props;
  return (
    <>
      <TextField
        label={t("setPassword.new")}
        hint={t("setPassword.rule")}
        error={errors.get("password")}
        type="password"
        name="new-password"
        autocomplete="new-password"
        value={value.password}
        onValue={(password) => onChange({ ...value, password })}
      />
      <TextField
        label={t("setPassword.again")}
        error={errors.get("again")}
        type="password"
        name="new-password-again"
        autocomplete="new-password"
        value={value.again}
        onValue={(again) => onChange({ ...value, again })}
      />
    </>
  );
}

/** What is wrong before the server is asked. */
export function newPasswordErrors({ password, again }: NewPassword): ReadonlyMap<string, string> {
  if ([...password].length < 10) return new Map([["password", t("password.length")]]);
  if (password !== again) return new Map([["again", t("setPassword.differs")]]);
  return new Map();
}

import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { caseText } from "./case-words.ts";

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly isOptional?: boolean;
}

interface Described {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

function Field(props: FieldProps & { control: (described: Described) => JSX.Element }) {
  const { label, hint, error, isOptional, control } = props;
  const id = useId();
  const note = error ?? hint;
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
        {isOptional && <span class="case-optional"> ({caseText("optional")})</span>}
      </label>
      {control({
        id,
        "aria-describedby": note ? `${id}-note` : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {note && (
        <span id={`${id}-note`} class={error ? "field-error" : "field-hint"}>
          {note}
        </span>
      )}
    </div>
  );
}

interface TypedProps extends FieldProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

export function LineField(props: TypedProps & { isNumber?: boolean; list?: string }) {
  const { value, onValue, isNumber, list, ...field } = props;
  return (
    <Field
      {...field}
      control={(described) => (
        <input
          {...described}
          class={isNumber ? "input figures" : "input"}
          inputMode={isNumber ? "decimal" : "text"}
          autocomplete="off"
          list={list}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    />
  );
}

export function AreaField({ value, onValue, rows, ...field }: TypedProps & { rows: number }) {
  return (
    <Field
      {...field}
      control={(described) => (
        <textarea
          {...described}
          class="input"
          rows={rows}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    />
  );
}

export function ChoiceField({
  value,
  onValue,
  children,
  ...field
}: TypedProps & { children: ComponentChildren }) {
  return (
    <Field
      {...field}
      control={(described) => (
        <select
          {...described}
          class="input"
          value={value}
          onChange={(event) => onValue(event.currentTarget.value)}
        >
          {children}
        </select>
      )}
    />
  );
}

/** Puts the focus on the first field that needs another look, once it is marked. */
export function focusFirstProblem(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
}

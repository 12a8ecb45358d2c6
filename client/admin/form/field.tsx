import type { ComponentChildren, InputHTMLAttributes, JSX } from "preact";
import { useId } from "preact/hooks";
import { t } from "../admin-words.ts";

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
  /** Shows that it may stay empty. */
  readonly isOptional?: boolean;
  /** Shown, but not to be changed. */
  readonly isFixed?: boolean;
}

interface Described {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

/** A label, a control and what is to be said about it, tied together for everybody. */
function Field(props: FieldProps & { control: (described: Described) => JSX.Element }) {
  const { label, hint, error, isOptional, control } = props;
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
        {isOptional && <span class="field-optional"> ({t("admin.optional")})</span>}
      </label>
      {control({
        id,
        "aria-describedby": note ? noteId : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {note && (
        <span id={noteId} class={error ? "field-error" : "field-hint"}>
          {note}
        </span>
      )}
    </div>
  );
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly type?: "text" | "email" | "date" | "password";
  readonly inputMode?: "text" | "decimal" | "numeric";
  /** What password managers and phones fill in; nothing unless told. */
  readonly autocomplete?: "username" | "current-password" | "new-password" | "one-time-code";
  readonly name?: string;
  /** Asked for by the browser itself, where the form lets it. */
  readonly isRequired?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, hint, error, isOptional, value, onValue, type = "text", inputMode, isFixed } = props;
  const { autocomplete = "off", name, isRequired } = props;
  // Preact has a type of its own for each kind of input; this one is several.
  const kind = { type, inputMode } as InputHTMLAttributes<HTMLInputElement>;
  return (
    <Field
      {...{ label, hint, error, isOptional }}
      control={(described) => (
        <input
          class="input"
          autocomplete={autocomplete}
          name={name}
          required={isRequired}
          {...kind}
          {...described}
          disabled={isFixed}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    />
  );
}

interface SelectFieldProps extends FieldProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly children: ComponentChildren;
}

export function SelectField(props: SelectFieldProps) {
  const { label, hint, error, isOptional, value, onValue, isFixed, children } = props;
  return (
    <Field
      {...{ label, hint, error, isOptional }}
      control={(described) => (
        <select
          class="input"
          {...described}
          disabled={isFixed}
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
export function focusFirstError(form: HTMLElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
}

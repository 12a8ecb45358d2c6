import { z } from "zod";

/** One line of a schema: `slots[].startAt`, what it is, and what bounds it. */
export interface SchemaField {
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly about: string;
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

/** A zod schema's fields, those of objects and lists within it too, in their order. */
export function fieldsFrom(schema: z.ZodType, io: "input" | "output"): SchemaField[] {
  return fieldsOf(z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema, "");
}

function fieldsOf(schema: JsonSchema, path: string): SchemaField[] {
  const options = optionsOf(schema);
  if (options.length > 0) return options.flatMap((option) => fieldsOf(option, path));
  if (schema.items) {
    const inner = fieldsOf(schema.items, `${path}[]`);
    return inner.length > 0 || path !== "" ? inner : [fieldOf(schema.items, "[]", true)];
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const own = path === "" ? name : `${path}.${name}`;
    return [fieldOf(value, own, schema.required?.includes(name) ?? false), ...fieldsOf(value, own)];
  });
}

function fieldOf(schema: JsonSchema, path: string, isRequired: boolean): SchemaField {
  return { path, type: typeOf(schema), isRequired, about: boundsOf(schema) };
}

function optionsOf(schema: JsonSchema): readonly JsonSchema[] {
  return schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const options = optionsOf(schema);
  if (options.length > 0) return [...new Set(options.map(typeOf))].join(" | ");
  if (schema.items) return `list of ${typeOf(schema.items)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(" | ") : (schema.type ?? "any");
  return schema.format ? `${type} (${schema.format})` : String(type);
}

function boundsOf(schema: JsonSchema): string {
  const isRange = (bound: number | undefined) =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  return [
    ...(schema.default === undefined ? [] : [`default ${JSON.stringify(schema.default)}`]),
    ...(isRange(schema.minimum) ? [`from ${schema.minimum}`] : []),
    ...(isRange(schema.maximum) ? [`to ${schema.maximum}`] : []),
    ...(schema.maxLength === undefined ? [] : [`at most ${schema.maxLength} characters`]),
    ...(schema.maxItems === undefined ? [] : [`at most ${schema.maxItems} items`]),
  ].join(", ");
}

import type { ApiBodyOptions } from '@nestjs/swagger';
import { z } from 'zod';
import { InvalidInputError } from '../../shared/domain-error.js';

type SchemaObject = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

const file = (description: string): SchemaObject => ({ type: 'string', format: 'binary', description });

/** The JSON schema of a form for Swagger: the fields of `fields`, and files by name with what each is. */
export function formSchema(fields: z.ZodType, files: Record<string, string>): SchemaObject {
  const { $schema: _, ...schema } = z.toJSONSchema(fields, { io: 'input', unrepresentable: 'any' });
  const properties = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, file(text)]));
  return { ...schema, properties: { ...schema.properties, ...properties } } as SchemaObject;
}

/** Validates what no Nest pipe sees, such as the fields of a streamed form. @throws InvalidInputError naming each field */
export function parseFields<T extends z.ZodType>(schema: T, values: unknown): z.output<T> {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  throw new InvalidInputError(
    result.error.issues.map(({ path, message }) => ({
      field: path.map(String).join('.') || 'body',
      reason: message,
    })),
  );
}

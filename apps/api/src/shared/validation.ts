import { StandardSchemaValidationPipe } from '@nestjs/common';
import { z } from 'zod';
import { InvalidInputError } from './domain-error.js';

/** Validates every `@Body({ schema })`, `@Query({ schema })` and `@Param({ schema })`; a refusal names each field. */
export const validationPipe = () =>
  new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new InvalidInputError(
        issues.map((issue) => ({
          field:
            (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.') ||
            'body',
          reason: issue.message,
        })),
      ),
  });

/** Accepts `a=1&a=2`, `a[]=1` (Fastify gives `a[]` as its own key; see `readQuery`) and a single value. */
export const listParam = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(item).max(50).optional(),
  );

/** `true`, `false`, `1`, `0` as clients write them in queries and forms. */
export const booleanParam = z.union([z.boolean(), z.stringbool()]);

const ISO_DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** An ISO 8601 date or time, as text: JSON Schema, and so Swagger, knows no dates. */
export const dateParam = z
  .string()
  .meta({ format: 'date-time' })
  .refine((text) => ISO_DATE.test(text) && !Number.isNaN(Date.parse(text)), 'must be an ISO 8601 date')
  .transform((text) => new Date(text));

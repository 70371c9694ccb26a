import type { InstanceClient } from './client.js';

/** One operation of the OpenAPI document. */
export interface Operation {
  method: string;
  /** As the document writes it: `/api/v1/videos/{id}`. */
  path: string;
  operationId: string;
  summary?: string;
  tags?: string[];
  security?: unknown[];
  requestBody?: object;
  responses: Record<string, { description?: string; content?: Record<string, object> }>;
  parameters?: Array<{ name: string; in: string; schema?: object }>;
}

export interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, Omit<Operation, 'method' | 'path'>>>;
  components: { schemas: Record<string, object> };
}

export const openApiOf = (client: InstanceClient): Promise<OpenApi> =>
  client.call('GET', '/api/openapi.json');

export const operationsOf = ({ paths }: OpenApi): Operation[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );

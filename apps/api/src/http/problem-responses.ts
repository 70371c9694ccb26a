import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = Record<string, { description: string; content?: object }>;

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'error', 'requestId'],
  properties: {
    type: { type: 'string', description: '`about:blank#` and the code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'For people.' },
    code: { type: 'string', description: 'For programs; never changes.' },
    error: { type: 'string', description: 'The detail again, where older PeerTube clients look.' },
    requestId: { type: 'string', description: 'Stands in the server’s log.' },
    'invalid-params': {
      type: 'object',
      description: 'Of code `invalid_input`: each refused field with the reason.',
      additionalProperties: { type: 'object', properties: { msg: { type: 'string' } } },
    },
  },
} as const;
const PROBLEM_CONTENT = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
};
const METHODS = ['get', 'put', 'post', 'delete'] as const;

/** Says of every operation which problems it answers: those its controller names, and those that any may have. */
export function describeProblems(document: OpenAPIObject): OpenAPIObject {
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: { ...PROBLEM, required: [...PROBLEM.required] } },
  };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) if (item[method]) describe(path, item[method]);
  }
  return document;
}

function describe(path: string, operation: Operation): void {
  // Swagger writes a second address of one handler as `name[1]`, which is no identifier for generated clients.
  operation.operationId = operation.operationId?.replace(/\[(\d+)\]$/, '_$1');
  if (!path.startsWith('/api/')) return;
  const responses = operation.responses as Responses;
  if (operation.parameters?.length || operation.requestBody)
    responses['400'] ??= { description: 'Code `invalid_input`: `invalid-params` names the fields.' };
  if (path.includes('{')) responses['404'] ??= { description: 'No such thing, or not yours to see.' };
  responses['429'] ??= { description: 'Too many requests from this address; see Retry-After.' };
  for (const [status, response] of Object.entries(responses))
    if (Number(status) >= 400) response.content ??= PROBLEM_CONTENT;
}

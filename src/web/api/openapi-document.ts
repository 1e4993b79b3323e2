import manifest from '../../../package.json' with { type: 'json' };
import type { JsonObject } from '../../domain/json-value.ts';
import { apiSchemas } from './api-schemas.ts';
import type { OperationShape } from './operation.ts';
import type { Parameters } from './parameter.ts';

export const apiPath = '/api/v1';

/** The description of the API (OpenAPI 3.1), made of the same shapes as its routes. */
export function openApiDocument(shapes: Readonly<Record<string, OperationShape>>): JsonObject {
  const byPath = Object.groupBy(Object.entries(shapes), ([, { path }]) => path);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plumbline API',
      version: manifest.version,
      description: 'What programs ask of a server of Plumbline. Nothing is answered without a token. What a parameter or a body has beside what is described is refused.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: apiPath }],
    paths: Object.fromEntries(Object.entries(byPath).map(([path, operations = []]) => [path, Object.fromEntries(operations.map(([id, shape]) => [shape.method, operationIn(id, shape)]))])),
    components: {
      schemas: apiSchemas,
      securitySchemes: {
        issuer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of the issuer that the operator configured. `x-roles` of an operation says which roles may ask.' },
        workflow: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'The token that GitHub gives to a run of a workflow, with the address of the server as its audience.' },
      },
    },
  };
}

function operationIn(id: string, { summary, roles, inPath, inQuery, inHeader, body, answers, problems }: OperationShape): JsonObject {
  return {
    operationId: id,
    summary,
    security: [{ [roles === null ? 'workflow' : 'issuer']: [] }],
    ...(roles === null ? {} : { 'x-roles': [...roles] }),
    parameters: [...parametersIn(inPath, 'path'), ...parametersIn(inQuery, 'query'), ...parametersIn(inHeader, 'header')],
    ...(body === null ? {} : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, { description, type, headers, schema }]) => [status, { description, ...(headers === undefined ? {} : { headers: headersIn(headers) }), content: { [type]: schema === null ? {} : { schema } } }])),
      ...Object.fromEntries(Object.entries(allProblems(roles !== null, body !== null, problems)).map(([status, description]) => [status, { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }])),
    },
  };
}

function headersIn(headers: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]));
}

function parametersIn(parameters: Parameters, place: 'path' | 'query' | 'header'): readonly JsonObject[] {
  return Object.entries(parameters).map(([name, { description, schema }]) => ({ name, in: place, required: place === 'path', description, schema }));
}

/** What every operation may answer, before its own. */
function allProblems(isOfIssuer: boolean, hasBody: boolean, own: OperationShape['problems']): OperationShape['problems'] {
  const common: OperationShape['problems'] = {
    400: hasBody ? 'What is asked for, or the body, is not what is expected.' : 'What is asked for is not what is expected.',
    401: 'There is no token, or it is refused.',
    403: 'The token does not let its subject do this.',
    405: 'The address answers another method.',
    ...(hasBody ? { 413: 'The body is too large.', 415: 'The body is no JSON.' } : {}),
    429: isOfIssuer ? 'The subject, or the address, asked too often: `retry-after` says when it may again.' : 'The address asked too often: `retry-after` says when it may again.',
    500: 'Something broke. Nothing is wrong with the request.',
    503: 'It can not be answered now: `retry-after` says when to ask again.',
  };
  const told = Object.entries(own).map(([status, description]) => [status, common[Number(status)] === undefined ? description : `${common[Number(status)]} ${description}`]);
  return { ...common, ...Object.fromEntries(told) };
}

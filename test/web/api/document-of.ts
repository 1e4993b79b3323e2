import { apiOperations } from '../../../src/web/api/api-operations.ts';
import { openApiDocument } from '../../../src/web/api/openapi-document.ts';
import type { OperationShape } from '../../../src/web/api/operation.ts';
import { noApi } from '../no-api.ts';

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string; readonly security: readonly object[]; readonly 'x-roles'?: readonly string[]; readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly schema: object }[]; readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }; readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, { readonly schema?: object }>> }>> }>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const shapes: Readonly<Record<string, OperationShape>> = Object.fromEntries(Object.entries(apiOperations(noApi())).map(([id, { shape }]) => [id, shape]));

const document: Described = JSON.parse(JSON.stringify(openApiDocument(shapes)));

/** The description of the API, as the routes give it. */
export function documentOf(): Described {
  return document;
}

export function shapesOf(): Readonly<Record<string, OperationShape>> {
  return shapes;
}

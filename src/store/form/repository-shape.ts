import { integer, object, oneOf, text } from './shape.ts';

export const accountShape = object({ id: integer, login: text, kind: oneOf('organization', 'user') });

export const repositoryShape = object({ account: accountShape, installationId: integer, id: integer, owner: text, name: text });

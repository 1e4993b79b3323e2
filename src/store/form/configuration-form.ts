import type { SeenConfiguration } from '../../domain/configuration/seen-configuration.ts';
import { accountShape } from './repository-shape.ts';
import { integer, nullable, object, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

export const configurationForm = storedForm<SeenConfiguration>('a seen configuration', object({ account: accountShape, repositoryId: nullable(integer), commit: text, path: text, text }));

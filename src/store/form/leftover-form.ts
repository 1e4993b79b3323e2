import { leftoverCodes } from '../../domain/leftover/leftover.ts';
import type { Leftover } from '../../domain/leftover/leftover.ts';
import { list, nullable, object, oneOf, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

const leftover = object({ code: oneOf(...leftoverCodes), entry: text, path: text, about: text, target: nullable(text), owner: text, since: text });

export const leftoverForm = storedForm<readonly Leftover[]>('leftovers', list(leftover));

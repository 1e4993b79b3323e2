import type { IssueRecord } from '../../domain/issue/issue-record.ts';
import { flag, integer, nullable, object, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

export const issueForm = storedForm<IssueRecord>('an issue', object({ number: nullable(integer), url: nullable(text), newest: integer, content: nullable(text), isOpen: flag, told: nullable(text) }));

import type { BundleProgress } from '../../domain/bundle-request.ts';
import { integer, object, oneOf, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

export const bundleProgressForm = storedForm<BundleProgress>('a request for a bundle', {
  type: 'object',
  required: ['state'],
  oneOf: [object({ state: oneOf('waiting') }), object({ state: oneOf('assembling'), entries: integer }), object({ state: oneOf('ready'), bundle: text }), object({ state: oneOf('failed'), code: text, why: text })],
});

import { bundlePath } from '../../audit/bundle.ts';
import { bundleKeptMs } from '../../domain/bundle-request.ts';
import type { BundleRequest, KeptBundle, MadeBundle } from '../../domain/bundle-request.ts';
import { dayOf } from '../../domain/instant.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';

/** A request for a bundle as it stands; `kept` is the bundle, once it is made and as long as it is kept: then the request is `dropped`. */
export function bundleRequestForm({ id, account, question, askedAt, progress }: BundleRequest, kept: MadeBundle | null): JsonObject {
  const asked: JsonValue = JSON.parse(question);
  return {
    id,
    account,
    asked,
    askedAt: askedAt.toISOString(),
    state: progress.state === 'ready' && kept === null ? 'dropped' : progress.state,
    entriesRead: progress.state === 'assembling' ? progress.entries : null,
    bundle: kept === null ? null : bundleForm(kept),
    problem: progress.state === 'failed' ? { code: progress.code, detail: progress.why } : null,
  };
}

function bundleForm({ id, bytes, entries, madeAt }: MadeBundle): JsonObject {
  return { id: hexOf(id), path: bundlePath(id, dayOf(madeAt.toISOString())), bytes, entries, madeAt: madeAt.toISOString(), keptUntil: new Date(madeAt.getTime() + bundleKeptMs).toISOString() };
}

/** As the file is named, and the address. */
export function hexOf(id: KeptBundle['id']): string {
  return id.slice('sha256:'.length);
}

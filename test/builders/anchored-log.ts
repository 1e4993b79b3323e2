import { createPublicKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { createAnchoring } from '../../src/flows/anchor-checkpoints.ts';
import type { Anchor } from '../../src/flows/ports/anchor.ts';
import type { AnchoredCheckpoint, AuditWatch, SelfAudit } from '../../src/flows/ports/audit-watch.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { account, aDraft, aLogKey, sealed, TestLog } from './a-log.ts';

export function publicKeyObject(): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(aLogKey().publicKey).toString('base64url') }, format: 'jwk' });
}

/** What is remembered of one log, for a test to look at and to take away. */
export function aWatch(log: TestLog): AuditWatch & { saved: AnchoredCheckpoint[]; audits: SelfAudit[] } {
  return {
    saved: [],
    audits: [],
    async accounts() {
      return this.audits.length > 0 ? [account] : [];
    },
    async sealed() {
      const [first] = log.checkpointsOf;
      const newest = log.checkpointsOf.at(-1);
      return first === undefined || newest === undefined ? null : { first: first.sealedAt, newest: { size: newest.size, at: newest.sealedAt } };
    },
    async anchored() {
      const newest = [...Map.groupBy(this.saved, ({ anchor }) => anchor).values()].map((of) => of.reduce((most, one) => (one.size > most.size ? one : most)));
      return newest.map(({ anchor, size, at }) => ({ anchor, size, at, behindSince: log.checkpointsOf.find((one) => one.size > size)?.sealedAt ?? null }));
    },
    async saveAnchored(_account, anchored) {
      this.saved.push(anchored);
    },
    holds: async () => [],
    async selfAudit() {
      return this.audits.at(-1) ?? null;
    },
    async saveSelfAudit(_account, audit) {
      this.audits.push(audit);
    },
    clockSeen: async () => null,
    saveClockSeen: async () => {},
  };
}

/** A log with one anchor, that grows and is sealed when asked, and what a run of anchoring did to it. */
export function anAnchoredLog(anchor: Anchor, log: TestLog = new TestLog()) {
  const [clock, logged] = [fakeClock(), fakeLog()];
  const watch = aWatch(log);
  const store = { audit: log, auditWatch: watch };
  const run = createAnchoring({ store, anchors: [anchor], keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], clock, log: logged });
  return {
    log,
    watch,
    clock,
    /** Messages of what was logged. */
    told: () => logged.lines.map(({ level, message }) => `${level} ${message}`),
    failures: () => logged.lines.flatMap(({ fields }) => (fields['failure'] instanceof Error ? [fields['failure'].message] : [])),
    grow: async (entries: number, subject = 'pull-request') => {
      for (let at = 0; at < entries; at += 1) log.append(aDraft({ subject: `${subject}:${at}` }));
      await sealed(log);
    },
    run: async () => await run(new AbortController().signal),
    sizes: () => watch.saved.map(({ size }) => size),
  };
}

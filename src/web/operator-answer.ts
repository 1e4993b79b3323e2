import type { Operations } from '../flows/operations.ts';
import { accountsForm, blockedForm, calibrationsForm, checkpointForm, detachedForm, entryForm, erasureForm, hashesForm, helloForm, holdForm, pieceForm, repositoryForm, resumptionForm, sealingsForm, sequencesForm, sizeForm, snapshotForm, statusForm, usageExportForm, usageForm } from './operator-form.ts';
import type { OperatorRequest } from './operator-request.ts';

/** Does what was asked and answers in lines: one per entry or checkpoint, else a single one. */
export async function* answerOperator(operations: Operations, request: OperatorRequest): AsyncGenerator<string> {
  const { audit } = operations;
  switch (request.operation) {
    case 'hello':
      await operations.ping();
      yield helloForm.write(operations);
      return;
    case 'accounts':
      yield accountsForm.write(await audit.accounts());
      return;
    case 'statuses':
      for (const status of await operations.statuses()) yield statusForm.write(status);
      return;
    case 'calibrations':
    case 'usage':
    case 'export-usage':
      yield* answerAboutAgents(operations, request);
      return;
    case 'size':
      yield sizeForm.write(await audit.size(request.account));
      return;
    case 'blocked':
      yield blockedForm.write(await audit.blocked(request.account));
      return;
    case 'entries':
      for (const entry of await audit.entries(request.account, request.from, request.limit)) yield entryForm.write(entry);
      return;
    case 'checkpoints':
      for (const checkpoint of await audit.checkpoints(request.account, request.from, request.limit ?? undefined)) yield checkpointForm.write(checkpoint);
      return;
    case 'snapshots':
      for (const snapshot of await audit.snapshots(request.account, request.digests)) yield snapshotForm.write(snapshot);
      return;
    case 'about':
    case 'since':
    case 'repository':
    case 'entriesAt':
    case 'leafHashes':
    case 'tileRoots':
      yield* answerOfIndex(operations, request);
      return;
    case 'seal':
      yield sealingsForm.write(await operations.seal(request.account));
      return;
    case 'resume':
      yield resumptionForm.write(await operations.resume(request));
      return;
    case 'erase':
    case 'hold':
    case 'release-hold':
      yield await answerAboutRetention(operations, request);
      return;
    case 'detach':
      yield detachedForm.write(await operations.detach(request));
      return;
  }
}

async function answerAboutRetention(operations: Operations, request: Extract<OperatorRequest, { readonly operation: 'erase' | 'hold' | 'release-hold' }>): Promise<string> {
  switch (request.operation) {
    case 'erase':
      return erasureForm.write(await operations.erase(request));
    case 'hold':
      return holdForm.write(await operations.hold({ ...request, from: dateOf(request.from), to: dateOf(request.to) }));
    case 'release-hold':
      return holdForm.write(await operations.releaseHold(request));
  }
}

/** Of an export what came of it, and then each piece of it. */
async function* answerAboutAgents(operations: Operations, request: Extract<OperatorRequest, { readonly operation: 'calibrations' | 'usage' | 'export-usage' }>): AsyncGenerator<string> {
  switch (request.operation) {
    case 'calibrations':
      yield calibrationsForm.write(await operations.calibrations(request));
      return;
    case 'usage':
      yield usageForm.write(await operations.usage({ ...request, from: dateOf(request.from), to: dateOf(request.to) }));
      return;
    case 'export-usage': {
      const found = await operations.exportUsage({ ...request, from: new Date(request.from), to: new Date(request.to) });
      yield usageExportForm.write(found.kind);
      if (found.kind === 'rows') for await (const piece of found.pieces) yield pieceForm.write(piece);
      return;
    }
  }
}

function dateOf(instant: string | null): Date | null {
  return instant === null ? null : new Date(instant);
}

type IndexRequest = Extract<OperatorRequest, { readonly operation: 'about' | 'since' | 'repository' | 'entriesAt' | 'leafHashes' | 'tileRoots' }>;

/** What bundles are made of. */
async function* answerOfIndex({ index }: Operations, request: IndexRequest): AsyncGenerator<string> {
  const { account } = request;
  switch (request.operation) {
    case 'about':
      yield sequencesForm.write(await index.about(account, request.topics, request.limit));
      return;
    case 'since':
      yield sizeForm.write(await index.since(account, new Date(request.instant)));
      return;
    case 'repository':
      yield repositoryForm.write(await index.repositoryNamed(account, request.name));
      return;
    case 'entriesAt':
      for (const entry of await index.entriesAt(account, request.sequences)) yield entryForm.write(entry);
      return;
    case 'leafHashes':
      yield hashesForm.write(await index.leafHashes(account, request.from, request.limit));
      return;
    case 'tileRoots':
      yield hashesForm.write(await index.tileRoots(account, request.from, request.limit));
      return;
  }
}

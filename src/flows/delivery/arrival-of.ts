import type { JsonObject } from '../../domain/json-value.ts';
import type { Arrival } from '../../domain/people/arrival.ts';
import { kindOfAccount } from '../../domain/people/kind-of-account.ts';
import { eventPayloads } from './event-payloads.ts';
import type { ArrivalPayload } from './event-payloads.ts';

/**
 * Who brought which head, where a delivery says so. Without an answer the pull request is judged all the same, with a head
 * that was not seen to arrive.
 */
export function arrivalOf(event: string, payload: JsonObject, receivedAt: Date): Arrival | null {
  const action = actionOf(payload);
  if (event !== 'pull_request' || action === null || !eventPayloads.arrival(payload)) return null;
  const arrived: ArrivalPayload = payload;
  const { repository, pull_request: pull, sender } = arrived;
  const person = { login: sender.login, id: sender.id, kind: kindOfAccount(sender.type) };
  const before = action === 'synchronize' ? arrived.before : undefined;
  return { repositoryId: repository.id, pullRequest: pull.number, head: pull.head.sha, person, action, ...(before === undefined ? {} : { before }), at: timeOf(pull, receivedAt) };
}

function actionOf(payload: JsonObject): Arrival['action'] | null {
  const { action } = payload;
  return action === 'opened' || action === 'synchronize' || action === 'reopened' ? action : null;
}

/** The same for every redelivery where the payload tells it. */
function timeOf({ updated_at: written }: ArrivalPayload['pull_request'], receivedAt: Date): string {
  const instant = Date.parse(written ?? '');
  return (Number.isNaN(instant) ? receivedAt : new Date(instant)).toISOString();
}

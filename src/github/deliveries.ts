import type { DeliveryAttempt, DeliveryPage } from '../domain/delivery-attempt.ts';
import type { Clock } from '../flows/ports/clock.ts';
import { listAt, numberAt, textAt, valueAt } from './answer.ts';
import type { Connection } from './connection.ts';
import { linkTo } from './pages.ts';
import { appScope } from './scope.ts';

/** GitHub keeps and redelivers for three days. */
const keptFor = 3 * 24 * 3_600_000;

/** One page of attempts, newest first. A redelivery is a row of its own with the same GUID. */
export async function readDeliveryAttempts(connection: Connection, clock: Clock, wanted: { readonly since: Date; readonly cursor: string | null }): Promise<DeliveryPage> {
  const from = Math.max(wanted.since.getTime(), clock.now().getTime() - keptFor);
  const answer = await connection.read(appScope, '/app/hook/deliveries', { per_page: 100, ...(wanted.cursor === null ? {} : { cursor: wanted.cursor }) });
  const rows = listAt(answer.body, []).map(attemptOf);
  const attempts = rows.filter((one) => Date.parse(one.deliveredAt) >= from);
  // What follows an attempt that is too old is older still.
  const next = attempts.length < rows.length ? null : (linkTo(answer, 'next')?.searchParams.get('cursor') ?? null);
  return { attempts, next };
}

/** Asks for one more attempt. Asking twice does no harm: the inbox knows the GUID. */
export async function redeliverOnce(connection: Connection, id: number): Promise<void> {
  await connection.write(appScope, 'POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id });
}

function attemptOf(row: unknown): DeliveryAttempt {
  const status = numberAt(row, ['status_code']);
  return {
    id: numberAt(row, ['id']),
    guid: textAt(row, ['guid']),
    deliveredAt: textAt(row, ['delivered_at']),
    hasArrived: status >= 200 && status < 300,
    isRepeated: valueAt(row, ['redelivery']) !== false,
  };
}

import type { Clock, FailedDelivery } from '../flows/ports.ts';
import { listAt, numberAt, textAt } from './answer.ts';
import type { Connection } from './connection.ts';
import { forEachPage, linkTo } from './pages.ts';
import { appScope } from './scope.ts';

/** GitHub keeps and redelivers for three days. */
const keptFor = 3 * 24 * 3_600_000;

/** Deliveries since the instant of which no attempt succeeded, newest attempt each. A redelivery is a second row with the same GUID. */
export async function readFailedDeliveries(connection: Connection, clock: Clock, since: Date): Promise<readonly FailedDelivery[]> {
  const from = Math.max(since.getTime(), clock.now().getTime() - keptFor);
  const failed = new Map<string, FailedDelivery>();
  const succeeded = new Set<string>();
  await forEachPage(async (cursor) => {
    const answer = await connection.read(appScope, '/app/hook/deliveries', { per_page: 100, ...(cursor === null ? {} : { cursor }) });
    for (const row of listAt(answer.body, [])) {
      const delivery = { id: numberAt(row, ['id']), guid: textAt(row, ['guid']), deliveredAt: textAt(row, ['delivered_at']) };
      if (Date.parse(delivery.deliveredAt) < from) return null;
      if (isSuccess(numberAt(row, ['status_code']))) succeeded.add(delivery.guid);
      else if (!failed.has(delivery.guid)) failed.set(delivery.guid, delivery);
    }
    return linkTo(answer, 'next')?.searchParams.get('cursor') ?? null;
  });
  return [...failed.values()].filter((delivery) => !succeeded.has(delivery.guid));
}

/** Asks for one more attempt. Asking twice does no harm: the inbox knows the GUID. */
export async function redeliverOnce(connection: Connection, id: number): Promise<void> {
  await connection.write(appScope, 'POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id });
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

import type { Web, WebContext } from '../create-web.ts';
import { principalOf } from './principal.ts';
import type { Problem } from './problem.ts';
import { problemBody } from './problem.ts';
import { answerSamples } from './samples-route.ts';
import type { SamplesPorts } from './samples-route.ts';
import { answerStatistics } from './statistics-route.ts';
import type { StatisticsPorts } from './statistics-route.ts';

export interface ApiPorts {
  readonly samples: SamplesPorts;
  readonly statistics: StatisticsPorts;
}

export const apiPath = '/api/v1';

/** What programs ask of the server. Every answer is JSON; what is wrong is told as RFC 9457 says. */
export function mountApi(web: Web, ports: ApiPorts): void {
  web.post(`${apiPath}/repositories/:id/behaviors/:name/samples`, async (context) => {
    const { id, name } = context.req.param();
    const answer = await answerSamples(ports.samples, context.env.incoming, { repository: id, behavior: name });
    if (answer.kind === 'problem') return told(context, answer.problem);
    return context.json({ pullRequests: answer.pullRequests, mergeGroups: answer.mergeGroups }, 202);
  });
  web.get(`${apiPath}/stats/remediation`, async (context) => {
    const answer = await answerStatistics(ports.statistics, { authorization: context.req.header('authorization'), account: context.req.query('account') });
    if (answer.kind === 'problem') return told(context, answer.problem);
    return context.json({ account: answer.account, ...answer.statistics });
  });
  // Whatever else there may be one day is for those who are known.
  web.all(`${apiPath}/*`, async (context) => {
    const reading = await principalOf(ports.statistics.principals, context.req.header('authorization'));
    return told(context, reading.kind === 'problem' ? reading.problem : { status: 404, code: 'not_found', detail: 'There is nothing at this address.' });
  });
}

function told(context: WebContext, problem: Problem): Response {
  if (problem.status === 401) context.header('www-authenticate', 'Bearer');
  if (problem.retryAfter !== undefined) context.header('retry-after', String(problem.retryAfter));
  // The body was perhaps not read to its end.
  context.header('connection', 'close');
  return context.body(problemBody(problem), problem.status, { 'content-type': 'application/problem+json' });
}

import { dollarText } from '../../domain/usage/dollar-text.ts';
import { usageSources } from '../../domain/usage/model-usage.ts';
import type { ToldAmount, ToldRepository, ToldSum, ToldWindow, UsageOverview } from '../../domain/usage/told-usage.ts';
import { count, grouped } from '../count.ts';
import { terminalText } from '../escape.ts';

/** What agents used, and how far their quotas are used up, for a terminal. */
export function usagePretty(account: number, { from, to, total, agents, repositories, models, windows, untold }: UsageOverview): string {
  const unpriced = models.filter(({ isPriced }) => !isPriced);
  const lines = [
    `account ${account}  from ${from} to ${to}: ${sumText(total)}`,
    ...part('agents', agents.map(({ agent, ...sum }) => `${terminalText(agent)}  ${sumText(sum)}`), untold.agents),
    ...part('repositories', repositories.map(({ repository, ...sum }) => `${nameOf(repository)}  ${sumText(sum)}`), untold.repositories),
    ...part('quotas', windows.map(windowText), untold.windows),
    ...part('models without a known price, which cost as much as the dearest one', unpriced.map(({ agent, provider, model, ...amount }) => `${terminalText(`${provider}/${model}`)}  ${amountText(amount)}, by ${terminalText(agent)}`), 0),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function part(title: string, lines: readonly string[], more: number): readonly string[] {
  if (lines.length === 0) return [];
  return [title, ...lines.map((line) => `  ${line}`), ...(more === 0 ? [] : [`  and ${grouped(more)} more`])];
}

/** What counts, and what each source says that says something. */
function sumText({ counted, bySource }: ToldSum): string {
  const said = usageSources.flatMap((source) => (bySource[source].tokens === '0' && bySource[source].costPicoUsd === '0' ? [] : [`${source} ${amountText(bySource[source])}`]));
  return `${amountText(counted)}${said.length === 0 ? '' : ` (${said.join('; ')})`}`;
}

function amountText({ tokens, costPicoUsd }: ToldAmount): string {
  return `${tokensText(tokens)}, ${dollarText(BigInt(costPicoUsd))}`;
}

function tokensText(tokens: string): string {
  return Number.isSafeInteger(Number(tokens)) ? count(Number(tokens), 'token') : `${tokens} tokens`;
}

function windowText({ scope, subject, measure, period, zone, to, limit, used, left, state }: ToldWindow): string {
  const amount = (digits: string): string => (measure === 'tokens' ? tokensText(digits) : dollarText(BigInt(digits)));
  return `${scope} ${terminalText(subject)}  ${amount(used)} of ${amount(limit)} in the ${period} that ends at ${to} (${terminalText(zone)}), ${state === 'exceeded' ? 'passed' : `${amount(left)} left`}${state === 'near' ? ', nearly used up' : ''}`;
}

function nameOf({ id, name }: ToldRepository): string {
  return terminalText(name ?? `repository ${id}`);
}

import { parseArgs } from 'node:util';
import { passProbability } from '../../src/gates/drift/statistics/pass-probability.ts';
import { markdownTable, share } from '../evaluation/markdown-table.ts';
import { assumptions } from './assumptions.ts';
import { metricsOfFamily, simulateFamily } from './families.ts';
import type { FamilyTruth } from './families.ts';
import { falseAlarmsOfIndices } from './indices.ts';
import { worstOfPairs, worstOfRates } from './rates.ts';
import { simulateValues, valueScenarios } from './values.ts';

// How often verdicts about simulated behaviours are wrong, whose truth is known. Seeds are fixed: the same tables each time.

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const [rounds, familyRounds] = values.quick ? [200, 40] : [10_000, 2_000];
const say = (text: string): void => console.error(`… ${text}`);
const percent = (chance: number): string => share(chance, 1);

say('values at the edge and unchanged');
console.log(`Values, ${rounds} rounds\n\n${markdownTable(['metric', 'values an arm', 'tolerance', 'false pass', 'false drift', 'unchanged: pass', 'unchanged: drift'], valueRows())}\n`);
say('rates');
console.log(`Rates, exact, at the worst of all rates\n\n${markdownTable(['metric', 'baseline', 'samples', 'margin', 'false pass', 'false drift'], rateRows())}\n`);
console.log(`An unchanged rate of 58 of 60, exact\n\n${markdownTable(['samples', 'margin', 'pass', 'drift', 'inconclusive'], unchangedRows())}\n`);
say('families');
console.log(`${metricsOfFamily} metrics judged together, ${familyRounds} rounds\n\n${markdownTable(['values an arm', 'truth', 'pass', 'drift', 'inconclusive'], familyRows())}\n`);
say('what the methods suppose');
console.log(`At the edge where the methods suppose something else, ${rounds} rounds\n\n${markdownTable(['truth', 'false pass', 'false drift'], assumptions.map(({ name, simulate }) => [name, ...(({ pass, drift }) => [share(pass, rounds), share(drift, rounds)])(simulate(rounds))]))}\n`);
console.log(`Unchanged pairs that a cut-off of 0.1 calls changed, ${rounds} rounds\n\n${markdownTable(['values an arm', 'stability index', 'Wasserstein'], [20, 50, 100, 200, 500].map((size) => (({ populationStability, wasserstein }) => [size, percent(populationStability), percent(wasserstein)])(falseAlarmsOfIndices(size, rounds))))}`);

function valueRows(): readonly (readonly (string | number)[])[] {
  return valueScenarios.filter(({ moved }) => moved === 1).map((edge, index) => {
    const [atEdge, unchanged] = [simulateValues(edge, rounds, 1 + index), simulateValues({ ...edge, moved: 0 }, rounds, 1 + index)];
    return [edge.name, edge.size, edge.tolerance, share(atEdge.pass, rounds), share(atEdge.drift, rounds), share(unchanged.pass, rounds), share(unchanged.drift, rounds)];
  });
}

function rateRows(): readonly (readonly (string | number)[])[] {
  const sizes = values.quick ? [[20, 30]] as const : [[10, 10], [10, 100], [20, 20], [30, 60], [60, 60], [60, 100], [100, 10], [100, 30], [100, 100]] as const;
  const independent = sizes.flatMap(([baseline, samples]) => [0.05, 0.1, 0.2].map((margin) => (({ falsePass, falseDrift }) => ['independent', baseline, samples, margin, percent(falsePass), percent(falseDrift)])(worstOfRates(baseline, samples, margin))));
  const paired = (values.quick ? [20] : [10, 30, 60, 100]).flatMap((cases) => [0.05, 0.1, 0.2].map((margin) => (({ falsePass, falseDrift }) => ['paired', cases, cases, margin, percent(falsePass), percent(falseDrift)])(worstOfPairs(cases, margin))));
  return [...independent, ...paired];
}

function unchangedRows(): readonly (readonly (string | number)[])[] {
  return [30, 60, 100, 200].flatMap((trials) => [0.05, 0.1, 0.15].map((margin) => {
    const { pass, drift, inconclusive } = passProbability({ baseline: { successes: 58, trials: 60 }, margin, direction: 'decrease' }, trials, 0.95);
    return [trials, margin, percent(pass), percent(drift), percent(inconclusive)];
  }));
}

function familyRows(): readonly (readonly (string | number)[])[] {
  const truths: readonly FamilyTruth[] = ['unchanged', 'edges', 'one-at-edge'];
  return [10, 20, 30, 50, 100].flatMap((size) => truths.map((truth) => {
    const { pass, drift, inconclusive } = simulateFamily(truth, size, familyRounds);
    return [size, truth, share(pass, familyRounds), share(drift, familyRounds), share(inconclusive, familyRounds)];
  }));
}

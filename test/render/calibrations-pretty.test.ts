import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrationsPretty } from '../../src/render/calibrations-pretty.ts';
import { calibrationsForm } from '../../src/web/operator-form.ts';

const repository = { id: 100, name: 'acme/shop' };
const agent = { agent: 'coder[bot]', method: 'platt', labels: 60, good: 40, repository: { labels: 80, good: 50 }, reported: { ece: 0.25, brier: 0.3 }, calibrated: { ece: 0.04, brier: 0.22 }, reliability: [{ from: 0.9, to: 1, labels: 60, reported: 0.92, observed: 0.67 }] } as const;
const newcomer = { ...agent, agent: 'new[bot]', method: 'beta', labels: 1, good: 1, reported: null, calibrated: null, reliability: [] } as const;

test('each agent is shown with what is known, what it reports, and how often it was right', () => {
  assert.equal(calibrationsPretty({ repository, agents: [agent, newcomer] }), `acme/shop  2 agents
coder[bot]  40 of 60 changes turned out well, of all agents 50 of 80; counted by Platt scaling
  reported:   expected calibration error 0.250, Brier score 0.300
  calibrated: expected calibration error 0.040, Brier score 0.220
  says 0.9 to 1.0: 0.92 on average, right 0.67 of 60 times
new[bot]  1 of 1 change turned out well, of all agents 50 of 80; counted by its share, drawn to that of the repository
`);
});

test('where nothing is known it is said what that comes of, and no name steers a terminal', () => {
  const text = calibrationsPretty({ repository: { id: 1, name: 'acme/\u001b[31mshop' }, agents: [] });
  assert.match(text, /nothing is known about an agent yet/);
  assert.doesNotMatch(text, /\u001b/);
});

test('it goes through the door of a running server as it is', () => {
  for (const told of [null, { repository, agents: [agent, newcomer] }]) assert.deepEqual(calibrationsForm.read(calibrationsForm.write(told)), told);
});

import type { CalibrationError, CalibrationOfAgent, Calibrations } from '../domain/calibration/calibration-report.ts';
import { count } from './count.ts';
import { terminalText } from './escape.ts';

/** How the confidence of agents fits what became of their changes, for a terminal. */
export function calibrationsPretty({ repository, agents }: Calibrations): string {
  const heading = `${terminalText(repository.name)}  ${agents.length === 0 ? 'nothing is known about an agent yet: what becomes of the changes of agents that bring evidence is kept when these are closed' : count(agents.length, 'agent')}\n`;
  return `${heading}${agents.map(ofAgent).join('')}`;
}

const methods: Readonly<Record<CalibrationOfAgent['method'], string>> = { beta: 'its share, drawn to that of the repository', platt: 'Platt scaling', isotonic: 'isotonic regression' };

function ofAgent({ agent, method, labels, good, repository, reported, calibrated, reliability }: CalibrationOfAgent): string {
  const lines = [
    `${terminalText(agent)}  ${good} of ${count(labels, 'change')} turned out well, of all agents ${repository.good} of ${repository.labels}; counted by ${methods[method]}`,
    ...(reported === null ? [] : [`  reported:   ${errorOf(reported)}`]),
    ...(calibrated === null ? [] : [`  calibrated: ${errorOf(calibrated)}`]),
    ...reliability.map((bin) => `  says ${bin.from.toFixed(1)} to ${bin.to.toFixed(1)}: ${bin.reported.toFixed(2)} on average, right ${bin.observed.toFixed(2)} of ${count(bin.labels, 'time')}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function errorOf({ ece, brier }: CalibrationError): string {
  return `expected calibration error ${ece.toFixed(3)}, Brier score ${brier.toFixed(3)}`;
}

import { inspectGitHub } from '../compose/inspect-github.ts';
import type { AppOnGitHub } from '../compose/inspect-github.ts';
import { readManifest } from '../manifest.ts';
import type { AppManifest } from '../manifest.ts';
import { failureOf } from '../../domain/failure.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { usableSettings } from './look-at-settings.ts';
import type { Patient } from './run-doctor.ts';

const largestSkewMs = 30_000;
const levels = ['none', 'read', 'write', 'admin'];

export async function lookAtApp({ terminal }: Patient): Promise<readonly Diagnosis[]> {
  const config = usableSettings(terminal);
  if (config === null) return [diagnosis('App', 'unknown', 'without valid settings GitHub was not asked about the App', 'Mend the settings first.')];
  const github = inspectGitHub(terminal);
  const manifest = await readManifest();
  try {
    const app = await github.app();
    const here = diagnosis('App', 'ok', `${app.slug} answers at ${config.apiUrl}`);
    return [here, ...grantsOf(app, manifest), clockOf(app), webhookOf(await github.webhookUrl(), config.publicUrl)];
  } catch (error) {
    return [diagnosis('App', 'fail', failureOf(error, 'GITHUB_UNAVAILABLE').message, 'Compare APP_ID and the private key with the settings of the App on GitHub.')];
  }
}

function grantsOf(app: AppOnGitHub, manifest: AppManifest): readonly Diagnosis[] {
  const lacking = Object.entries(manifest.permissions).filter(([name, wanted]) => levels.indexOf(app.permissions[name] ?? 'none') < levels.indexOf(wanted)).map(([name, wanted]) => `${name}: ${wanted}`);
  const excess = Object.keys(app.permissions).filter((name) => !Object.hasOwn(manifest.permissions, name));
  const missed = manifest.events.filter((event) => !app.events.includes(event));
  return [
    lacking.length > 0 ? diagnosis('permissions', 'fail', `lacking ${lacking.join(', ')}`, 'Grant them in the settings of the App; every installation then has to accept.') : excess.length > 0 ? diagnosis('permissions', 'warn', `more than it needs: ${excess.join(', ')}`, 'Take them away in the settings of the App.') : diagnosis('permissions', 'ok', 'as app.yml asks'),
    missed.length > 0 ? diagnosis('events', 'fail', `not subscribed to ${missed.join(', ')}`, 'Subscribe in the settings of the App.') : diagnosis('events', 'ok', 'as app.yml asks'),
  ];
}

function clockOf({ skewMs }: AppOnGitHub): Diagnosis {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return Math.abs(skewMs) <= largestSkewMs ? diagnosis('clock', 'ok', `${seconds} s from GitHub's`) : diagnosis('clock', 'fail', `${seconds} s from GitHub's, expected at most ${largestSkewMs / 1000}`, 'Set the clock of this machine, and keep it set by NTP.');
}

function webhookOf(url: string, publicUrl: string): Diagnosis {
  const [there, here] = [URL.parse(url), URL.parse(publicUrl)];
  if (there === null) return diagnosis('webhook', 'fail', 'the App has no webhook address', 'Set it in the settings of the App: the public address with /api/github/webhooks');
  if (there.pathname !== '/api/github/webhooks') return diagnosis('webhook', 'fail', `GitHub sends to the path ${there.pathname}, expected /api/github/webhooks`, 'Correct it in the settings of the App.');
  return there.host === here?.host ? diagnosis('webhook', 'ok', `GitHub sends to ${there.host}`) : diagnosis('webhook', 'warn', `GitHub sends to ${there.host}, PUBLIC_URL names ${here?.host ?? 'nothing'}`, 'A relay may do that; otherwise correct one of them.');
}

/** What `--cpu-prof` writes, as far as it is read here. Times in microseconds. */
interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string }; readonly children?: readonly number[] }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const most = 20;

/** The functions and files in which most time went, and those under which it went, as shares of one thread's time. No path of this machine. */
export function profileSummary(json: string): string {
  const profile: Profile = JSON.parse(json);
  const nameOf = new Map(profile.nodes.map(({ id, callFrame }) => [id, { file: shortUrl(callFrame.url), name: `${callFrame.functionName === '' ? '(anonymous)' : callFrame.functionName} ${shortUrl(callFrame.url)}`.trim() }]));
  const parentOf = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const [self, files, under] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  let total = 0;
  for (const [index, id] of profile.samples.entries()) {
    const time = profile.timeDeltas[index] ?? 0;
    total += time;
    add(self, nameOf.get(id)?.name ?? '', time);
    add(files, nameOf.get(id)?.file ?? '', time);
    const met = new Set<string>();
    for (let at: number | undefined = id; at !== undefined; at = parentOf.get(at)) met.add(nameOf.get(at)?.name ?? '');
    for (const name of met) if (/\.[jt]s$/.test(name) && !name.includes('node:')) add(under, name, time);
  }
  return [section('In functions', self, total), section('In files', files, total), section('Under functions', under, total)].join('\n');
}

function section(title: string, times: ReadonlyMap<string, number>, total: number): string {
  const rows = [...times].filter(([name]) => name !== '').toSorted(([, a], [, b]) => b - a).slice(0, most);
  return `${title}\n${rows.map(([name, time]) => `${((time / total) * 100).toFixed(1).padStart(6)} %  ${name}\n`).join('')}`;
}

function shortUrl(url: string): string {
  const [, inPackage] = /node_modules\/(.*)$/.exec(url) ?? [];
  const [, own] = /\/(?:dist\/)?(src\/.*)$/.exec(url) ?? [];
  return inPackage ?? own ?? (url.startsWith('node:') ? url : '');
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}

import { readFileSync } from 'node:fs';

const mebibyte = 1_024;

/** Memory that another process holds now and held at most, in MB; null where the system has no /proc. */
export function residentMemory(pid: number): { readonly now: number; readonly most: number } | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / mebibyte;
    return { now: of('VmRSS'), most: of('VmHWM') };
  } catch {
    return null;
  }
}

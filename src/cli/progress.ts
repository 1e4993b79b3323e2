import type { Terminal } from './terminal.ts';

export interface Progress {
  show(text: string): void;
  /** Wipes the line. May be called again. */
  end(): void;
}

const quietMs = 1_000;

/** One line on standard error that says what a run is at, for who watches it, and only once it lasts. */
export function watch(terminal: Terminal): Progress {
  if (!terminal.isWatched) return { show: () => {}, end: () => {} };
  let latest = '';
  let isShown = false;
  const draw = (): void => {
    isShown = true;
    terminal.tell(`\r\u001b[2K${latest}…`);
  };
  const timer = setTimeout(draw, quietMs);
  timer.unref();
  return {
    show: (text) => {
      latest = text;
      if (isShown) draw();
    },
    end: () => {
      clearTimeout(timer);
      if (isShown) terminal.tell('\r\u001b[2K');
      isShown = false;
    },
  };
}

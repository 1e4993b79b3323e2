import { metrics } from '@opentelemetry/api';
import type { BatchObservableCallback } from '@opentelemetry/api';

/*
 * Loaded before a program with `--import`: an SDK of OpenTelemetry as far as gauges of a batch go, which prints what it collects.
 */
const callbacks = new Set<BatchObservableCallback>();
const named = new WeakMap<object, string>();
const none = metrics.getMeter('none');
const bound = Object.fromEntries((['createGauge', 'createHistogram', 'createCounter', 'createUpDownCounter', 'createObservableCounter', 'createObservableUpDownCounter'] as const).map((name) => [name, none[name].bind(none)])) as unknown as typeof none;

metrics.setGlobalMeterProvider({
  getMeter: () => ({
    ...bound,
    createObservableGauge: (name: string) => {
      const gauge = { addCallback: () => {}, removeCallback: () => {} };
      named.set(gauge, name);
      return gauge;
    },
    addBatchObservableCallback: (callback: BatchObservableCallback) => void callbacks.add(callback),
    removeBatchObservableCallback: (callback: BatchObservableCallback) => void callbacks.delete(callback),
  }),
});

setInterval(() => {
  for (const callback of callbacks) void callback({ observe: (gauge, value) => void process.stderr.write(`measured ${named.get(gauge) ?? ''} ${value}\n`) });
}, 100).unref();

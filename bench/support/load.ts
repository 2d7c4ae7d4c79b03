// The load generator, a process of its own: keeps so many requests under way for so long and says how long each took.
import { Pool } from 'undici';
import { answering } from './processes.js';
import { quantile } from './statistics.js';

export interface Slice {
  origin: string;
  headers?: Record<string, string>;
  requests: Shot[];
  connections: number;
  seconds: number;
}

export interface Shot {
  method: 'GET' | 'POST';
  path: string;
  body?: string;
}

export interface SliceResult {
  requests: number;
  failed: number;
  seconds: number;
  bytes: number;
  p50: number;
  p99: number;
}

async function shoot({ origin, headers, requests, connections, seconds }: Slice): Promise<SliceResult> {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const times: number[] = [];
  let next = 0;
  let failed = 0;
  let bytes = 0;
  const started = performance.now();
  const end = started + seconds * 1000;
  const worker = async () => {
    while (performance.now() < end) {
      const { method, path, body } = requests[next++ % requests.length]!;
      const at = performance.now();
      const answer = await pool.request({
        method,
        path,
        body: body ?? null,
        headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
      });
      const text = await answer.body.text();
      times.push(performance.now() - at);
      bytes += text.length;
      if (answer.statusCode !== 200 || !text.startsWith('{"data":{')) failed++;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const elapsed = (performance.now() - started) / 1000;
  await pool.close();
  return {
    requests: times.length,
    failed,
    seconds: elapsed,
    bytes,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };
}

answering(shoot);

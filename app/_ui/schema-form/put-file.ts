import { callApi } from '#app/_ui/call-api.ts';
import type { Upload } from '#lib/storage/uploads.ts';

interface PutOptions {
  readonly signal: AbortSignal;
  onProgress(sentBytes: number): void;
}

/** Sends a file straight to Storage and answers its id; throws an error whose message says what to do. */
export async function putFile(file: File, { signal, onProgress }: PutOptions): Promise<string> {
  const body = {
    fileName: file.name,
    bytes: file.size,
    ...(file.type && { contentType: file.type }),
  };
  const upload = await callApi<Upload>('/api/uploads', { body, signal });
  await send(file, upload, { signal, onProgress });
  return upload.id;
}

/** By XMLHttpRequest: `fetch` does not say how much has been sent. */
function send(
  file: File,
  { url, method, headers }: Upload,
  { signal, onProgress }: PutOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new Error('The upload broke off. Check the connection and try again.'));
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(loaded);
    request.onerror = fail;
    request.onload = () => (request.status < 300 ? resolve() : fail());
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

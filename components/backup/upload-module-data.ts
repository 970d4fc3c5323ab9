import type { ModuleDataRestored } from "@/contract/module-data";
import type { Problem } from "@/lib/problem";

/** Sends the file as the request's body, telling how much of it has gone; fetch cannot. @throws Problem */
export function uploadModuleData(
  module: string,
  file: File,
  options: { confirm?: string; onProgress: (share: number) => void },
): Promise<ModuleDataRestored> {
  const query = options.confirm ? `?confirm=${encodeURIComponent(options.confirm)}` : "";
  const request = new XMLHttpRequest();
  request.open("PUT", `/api/v1/graft/modules/${encodeURIComponent(module)}/data${query}`);
  request.setRequestHeader("content-type", "application/octet-stream");
  request.responseType = "json";
  request.upload.onprogress = ({ loaded, total }) => options.onProgress(total > 0 ? loaded / total : 0);
  return new Promise((resolve, reject) => {
    request.onload = () => {
      if (request.status < 300) resolve(request.response as ModuleDataRestored);
      else reject(request.response as Problem | null);
    };
    request.onerror = () => reject(null);
    request.send(file);
  });
}

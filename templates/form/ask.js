// 年报填写：表格、文字、检查结果和保存。页面由程序生成，数据文件在程序那边；这里没有保存的内容另存在浏览器的这个标签页里。

const body = document.body;

/** 向程序发一个请求；程序不在时状态是 0。 */
async function ask(method, path, value) {
  const options = { method, cache: "no-store", headers: {} };
  if (method === "POST") {
    const is_file = value instanceof ArrayBuffer;
    options.headers = { "Content-Type": is_file ? "application/octet-stream" : "application/json", "X-Nianbao-Token": body.dataset.token };
    options.body = is_file ? value : JSON.stringify(value);
  }
  try {
    const answer = await fetch(path, options);
    const is_json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    return { status: answer.status, data: is_json ? await answer.json() : await answer.text() };
  } catch (error) {
    return { status: 0, data: { why: "程序没有回应，可能已经停止" } };
  }
}

/** 拒绝的理由，一句话。 */
const reason = (data) => (data && data.why) || (typeof data === "string" ? data.trim() : "没有成功，请再试一次");

-- wrk -s wrk.lua <address> -- <file>: posts the lines of the file one after the other; prints what it measured as JSON.
local requests = {}
local at = 0

function init(args)
  wrk.headers["content-type"] = "application/json"
  for body in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("POST", nil, nil, body)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "failures": %d, "p50": %f, "p99": %f, "perSecond": %f}\n',
    summary.requests,
    e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000,
    latency:percentile(99) / 1000,
    summary.requests / (summary.duration / 1e6)))
end

-- wrk: ranges of RANGE bytes in turn over a file of SIZE bytes; the whole file when RANGE is 0.
local range, size, at = tonumber(os.getenv("RANGE")), tonumber(os.getenv("SIZE")), 0

request = function()
  if range == 0 then return wrk.format("GET") end
  local from = at
  at = (at + range) % size
  return wrk.format("GET", nil, { ["Range"] = "bytes=" .. from .. "-" .. (from + range - 1) })
end

done = function(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print("bytes " .. summary.bytes .. " microseconds " .. summary.duration .. " failed " .. failed)
end

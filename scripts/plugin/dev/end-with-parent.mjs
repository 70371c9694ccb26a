// Brought into a compiler's process, which ends with whoever started it, however that one ended.
process.on('disconnect', () => process.exit());

using MedTune.Cli;

return await Application.RunInConsoleAsync(args).ConfigureAwait(false);

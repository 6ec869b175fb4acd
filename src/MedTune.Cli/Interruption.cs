using System.Runtime.InteropServices;

namespace MedTune.Cli;

/// <summary>Ctrl+C and termination signals: the first asks the verb to stop at its next safe place, the second ends the process.</summary>
internal sealed class Interruption : IDisposable
{
    private const string ShowCursor = "\u001b[?25h";

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Interruption()
    {
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_source.IsCancellationRequested)
        {
            if (!Console.IsErrorRedirected)
            {
                Console.Error.Write(ShowCursor); // a progress bar may have hidden it
            }

            Environment.Exit((int)ExitCode.Stopped);
        }

        _source.Cancel();
    }
}

namespace MedTune.Cli;

/// <summary>What a program that starts <c>medtune</c> learns from its exit code.</summary>
internal enum ExitCode
{
    /// <summary>What was asked for is done.</summary>
    Done = 0,

    /// <summary>A fault of MedTune, or of the machine it runs on.</summary>
    InternalError = 1,

    /// <summary>The arguments alone are wrong.</summary>
    WrongArguments = 2,

    /// <summary>A path, file or column of the data is refused.</summary>
    DataRefused = 3,

    /// <summary>The model file is refused.</summary>
    ModelRefused = 4,

    /// <summary>What was trained again differs from what was recorded.</summary>
    VerificationDiffers = 5,

    /// <summary>A person stopped it (128 + SIGINT, as shells count).</summary>
    Stopped = 130,
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MedTune;

/// <summary>What <c>run.json</c> holds: digests, versions and where the data were, enough to train again and compare.</summary>
public sealed record RunRecord
{
    /// <summary>Version of this record's form. Now 1.</summary>
    public int Format { get; init; } = 1;

    /// <summary><c>running</c>, or <c>finished</c>.</summary>
    public string State { get; init; } = Running;

    /// <summary>The version of MedTune.</summary>
    public string Version { get; init; } = ProductVersion.Text;

    /// <summary>The numerics profile.</summary>
    public int NumericsProfile { get; init; }

    /// <summary>The data file as it was given.</summary>
    public required string DataPath { get; init; }

    /// <summary>Digest of what a model can see of the data.</summary>
    public string DataDigest { get; init; } = "";

    /// <summary>How the data were read.</summary>
    public required RecordedDataOptions Data { get; init; }

    /// <summary>Whether folds were given; they are kept in <c>folds.csv</c>.</summary>
    public bool HasFolds { get; init; }

    /// <summary>Test data given apart; empty when there are none.</summary>
    public string TestPath { get; init; } = "";

    /// <summary>Whether the data themselves say which part is tested on.</summary>
    public bool HasTestPart { get; init; }

    /// <summary>Whether the test part was given rather than drawn and sealed.</summary>
    [JsonIgnore]
    public bool IsTestGiven => HasTestPart || TestPath.Length > 0;

    /// <summary>Digest of the sealed or given test part; empty when there is none.</summary>
    public string TestDigest { get; init; } = "";

    /// <summary>How often this test part has been opened on this machine, this run included; 0 when there is none.</summary>
    public int TestOpenings { get; init; }

    /// <summary>Whether the run starts from a model; it is kept in <c>parent.onnx</c>.</summary>
    public bool HasParent { get; init; }

    /// <summary>Whether a reader's corrections were given; they are kept in <c>corrections.csv</c>.</summary>
    public bool HasCorrections { get; init; }

    /// <summary>Seed of the run.</summary>
    public ulong Seed { get; init; }

    /// <summary>SHA-256 of each file that must come out the same again, by file name.</summary>
    public ImmutableSortedDictionary<string, string> Digests { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The machine: operating system, processor count and vector width. Changes no result.</summary>
    public string Hardware { get; init; } = "";

    /// <summary>Why this version of MedTune cannot go on with the run; null when it can.</summary>
    internal string? Problem =>
        Format != 1 ? $"it has form {Format}; this version of MedTune reads form 1."
        : State is not (Running or Finished) ? $"its state is neither '{Running}' nor '{Finished}'."
        : Data.HasHoles ? "its lists have holes; it was changed since medtune train wrote it."
        : null;

    internal const string Running = "running";
    internal const string Finished = "finished";
}

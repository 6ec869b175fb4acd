using System.Security.Cryptography;
using System.Text.Json;
using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Graphs.Files;
using MedTune.Prediction;

namespace MedTune.Modalities.Genes;

/// <summary>A network that learned letters, as a file holds it.</summary>
/// <param name="Graph">From <c>tokens</c> to the logits of the letters.</param>
/// <param name="Facts">What it is.</param>
internal sealed record PretrainedDna(Graph Graph, DnaPretrainingResult Facts)
{
    /// <summary>Under which key the file says what it is.</summary>
    public const string MetadataKey = "medtune.dna-pretraining";

    /// <summary>SHA-256 of the file as it is written.</summary>
    public string Digest { get; } = Convert.ToHexStringLower(SHA256.HashData(OnnxFile.ToBytes(Graph)));

    /// <summary>Reads a file that <c>medtune pretrain</c> wrote, or that of its folder.</summary>
    /// <param name="path">The file or the folder.</param>
    /// <exception cref="ModelFileException">It is missing, damaged, or something else.</exception>
    public static PretrainedDna Load(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, DnaPretraining.ModelFileName) : path;
        try
        {
            var graph = OnnxFile.Read(file);
            var facts = graph.Metadata.TryGetValue(MetadataKey, out string? text) ? JsonSerializer.Deserialize(text, PretrainingJson.Default.DnaPretrainingResult) : null;
            if (facts is null)
            {
                throw new ModelFileException($"'{path}' is no network that learned DNA: give a file that 'medtune pretrain' wrote.");
            }

            // The weights must be those of the network that the facts describe.
            var described = Describe(facts, null).Graph;
            _ = described.WithInitializers(DnaRecord.Names(described).Select(name => KeyValuePair.Create(name, graph.Initializers[name])));
            return new PretrainedDna(graph, facts);
        }
        catch (Exception exception) when (exception is InvalidGraphException or JsonException or KeyNotFoundException or ArgumentException)
        {
            throw new ModelFileException($"'{path}' is refused as a network that learned DNA: {exception.Message}", exception);
        }
    }

    /// <summary>The network of some facts that tells letters.</summary>
    public static Architecture Describe(DnaPretrainingResult facts, ulong? seed) => facts.Model == DnaPretrainingOptions.Transformer
        ? DnaTransformer.Build(new DnaTransformerOptions { Length = facts.Window, Width = facts.Width, Motif = facts.Motif, Depth = facts.Blocks, Pool = facts.Pool, TellsLetters = true, Seed = seed })
        : DnaNetwork.Build(new DnaNetworkOptions
        {
            Length = facts.Window,
            Width = facts.Width,
            Motif = facts.Motif,
            Blocks = facts.Blocks,
            Pool = facts.Pool,
            ReadsTokens = true,
            TellsLetters = true,
            Seed = seed,
        });
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Operators;

/// <content>The same bits with every instruction set: one committed hash per operator.</content>
public sealed partial class OperatorSuite
{
    [Theory]
    [Trait("Category", "InstructionSet")]
    [MemberData(nameof(Operators))]
    public void Forward_EveryInstructionSet_GivesTheCommittedBits(string name)
    {
        string hash = HashOf(name);
        string file = Path.Combine(GoldenValues.Folder, "bits.json");
        if (Environment.GetEnvironmentVariable("MEDTUNE_WRITE_BITS") == "1")
        {
            lock (typeof(OperatorSuite))
            {
                var written = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
                written[name] = hash;
                var sorted = new JsonObject(written.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
                File.WriteAllText(file, sorted.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
            }
        }

        string? committed = (string?)JsonNode.Parse(File.ReadAllText(file))![name];
        Assert.True(committed == hash, $"{name}: bits {hash} with {InstructionSets.Active}, committed {committed ?? "none"}.");
    }

    private static string HashOf(string name)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var run in Cases(name))
        {
            foreach (var precision in new[] { Precision.Float, Precision.Double })
            {
                foreach (var output in run.Run(precision))
                {
                    sha.AppendData(Encoding.UTF8.GetBytes(Bits(output)));
                }
            }
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset())[..16];
    }

    /// <summary>A tensor's exact content; every NaN counts as the same, since its payload is not part of the promise.</summary>
    private static string Bits(Tensor tensor) => tensor switch
    {
        Tensor<float> typed => Hex(typed.Values, value => float.IsNaN(value) ? "NaN" : BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture)),
        Tensor<double> typed => Hex(typed.Values, value => double.IsNaN(value) ? "NaN" : BitConverter.DoubleToUInt64Bits(value).ToString("x16", CultureInfo.InvariantCulture)),
        Tensor<string> typed => Hex(typed.Values, value => value),
        _ => string.Join(' ', CaseRun.Numbers(tensor)),
    };

    private static string Hex<T>(Span<T> values, Func<T, string> write) => string.Join(' ', values.ToArray().Select(write));
}

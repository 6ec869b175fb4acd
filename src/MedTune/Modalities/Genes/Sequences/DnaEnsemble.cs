using MedTune.Graphs;
using MedTune.Graphs.Architectures;
using MedTune.Prediction;
using MedTune.Tensors;

namespace MedTune.Modalities.Genes;

/// <summary>Several networks as one graph whose margins are the mean of theirs, over either strand where both are alike.</summary>
internal static class DnaEnsemble
{
    /// <summary>Puts networks together.</summary>
    /// <param name="data">Input and margins.</param>
    /// <param name="networks">From <c>tokens</c> to <see cref="Architecture.Logits"/>, at least one.</param>
    /// <param name="bothStrands">Whether the reverse complement is read, too, and has the same say.</param>
    public static Graph Of(GeneData data, IReadOnlyList<Graph> networks, bool bothStrands)
    {
        var builder = new GraphBuilder("networks");
        var tokens = builder.Input(data.InputName, ElementType.Int64, Dimension.Batch, data.Length);
        Value[] strands = bothStrands ? [tokens, OtherStrand(builder, tokens)] : [tokens];
        var sum = default(Value);
        foreach (var (network, number) in networks.Select((network, number) => (network, number)))
        {
            foreach (var (strand, side) in strands.Select((strand, side) => (strand, side)))
            {
                var margins = Append(builder, network, number, side, strand);
                sum = sum.Name is null ? margins : builder.Add(sum, margins);
            }
        }

        builder.Output(builder.Append("Mul", [sum, builder.Constant(Tensor.Scalar(1f / (networks.Count * strands.Length)), "mean")], outputName: GeneFit.MarginsName));
        return builder.Build();
    }

    /// <summary>The reverse complement of sequences that are filled up at their ends.</summary>
    private static Value OtherStrand(GraphBuilder builder, Value tokens)
    {
        var isLetter = builder.Less(tokens, builder.Constant(Tensor.Scalar(SequenceTokens.Padding), "padding"));
        var lengths = builder.ReduceSum(builder.Cast(isLetter, ElementType.Int64), [1], keepDimensions: false);
        var turned = builder.Append("ReverseSequence", [tokens, lengths], Attributes.None.With("batch_axis", 0).With("time_axis", 1));
        return builder.Gather(builder.Constant(Tensor.Vector(3L, 2L, 1L, 0L, SequenceTokens.Other, SequenceTokens.Padding), "complements"), turned);
    }

    private static Value Append(GraphBuilder builder, Graph network, int number, int side, Value tokens)
    {
        string prefix = $"{number}/", own = side == 0 ? prefix : $"{number}/other/";
        var names = new Dictionary<string, string>(StringComparer.Ordinal) { [""] = "", [network.Inputs[0].Name] = tokens.Name };
        foreach (var (name, tensor) in network.Initializers)
        {
            names[name] = builder.Has(prefix + name) ? prefix + name : builder.Initializer(prefix + name, tensor).Name;
        }

        foreach (var node in network.Nodes)
        {
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
            {
                names[output] = own + output;
            }

            builder.Append(node with { Inputs = [.. node.Inputs.Select(input => names[input])], Outputs = [.. node.Outputs.Select(output => names[output])] });
        }

        return builder[names[Architecture.Logits]];
    }
}

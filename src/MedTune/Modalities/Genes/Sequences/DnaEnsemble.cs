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
        var turned = bothStrands ? OtherStrand(builder, tokens) : default;
        var sum = default(Value);
        for (int number = 0; number < networks.Count; number++)
        {
            // Both strands first: then a sequence and its reverse complement are added in an order that gives the same bits.
            var margins = Append(builder, networks[number], $"{number}/", $"{number}/", tokens);
            margins = bothStrands ? builder.Add(margins, Append(builder, networks[number], $"{number}/", $"{number}/other/", turned)) : margins;
            sum = number == 0 ? margins : builder.Add(sum, margins);
        }

        builder.Output(builder.Append("Mul", [sum, builder.Constant(Tensor.Scalar(1f / (networks.Count * (bothStrands ? 2 : 1))), "mean")], outputName: GeneFit.MarginsName));
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

    /// <summary>A network over some tokens; its weights are there once under their prefix.</summary>
    private static Value Append(GraphBuilder builder, Graph network, string prefix, string own, Value tokens)
    {
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

using MedTune.Graphs;
using MedTune.Tensors;

namespace MedTune.Training;

/// <summary>What training makes small: a scalar appended to a graph that ends in margins.</summary>
public abstract class Loss
{
    /// <summary>The name of the scalar output every loss adds.</summary>
    public const string OutputName = "loss";

    /// <summary>The name of the target input every loss adds.</summary>
    public const string TargetName = "target";

    private protected Loss()
    {
    }

    /// <summary>Appends the target input and the mean loss over the batch.</summary>
    /// <param name="builder">The graph so far.</param>
    /// <param name="margin">The margins, <c>[N, K]</c>: logits before sigmoid or softmax.</param>
    /// <returns>The mean loss, a scalar.</returns>
    public abstract Value Append(GraphBuilder builder, Value margin);

    /// <summary>The type of the target input: Float <c>[N, 1]</c> holding 0 and 1, or Int64 <c>[N]</c> holding class indices.</summary>
    public abstract ElementType TargetType { get; }

    /// <summary>The loss for this many classes: one margin for two, one margin per class for more.</summary>
    public static Loss For(int classes) => classes == 2 ? new BinaryCrossEntropy() : new CrossEntropy();

    /// <summary>The head with its loss; the margins stay an output.</summary>
    internal Graph AppendTo(Graph head, string margin)
    {
        var builder = GraphBuilder.From(head);
        var loss = Append(builder, builder[margin]);
        builder.Output(loss, OutputName);
        return builder.Build();
    }
}

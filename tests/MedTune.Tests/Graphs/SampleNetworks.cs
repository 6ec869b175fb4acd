using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs;

/// <summary>Small networks that several tests share.</summary>
internal static class SampleNetworks
{
    public static ImmutableHashSet<string> Weights { get; } = ["w1", "b1", "w2", "b2"];

    /// <summary>x [N, 3] → 4 → 1, logistic loss against t [N, 1]; outputs y (the logit) and loss (a scalar).</summary>
    public static Graph Perceptron(bool gradients = true, float dropout = 0)
    {
        var builder = new GraphBuilder("perceptron");
        var x = builder.Input("x", ElementType.Float, Dimension.Batch, 3);
        var t = builder.Input("t", ElementType.Float, Dimension.Batch, 1);
        var hidden = builder.Tanh(builder.Gemm(x, builder.Initializer("w1", Sample.Within(1, 1, 4, 3)), builder.Initializer("b1", Sample.Within(1, 2, 4)), transposeB: true));
        hidden = dropout > 0 ? builder.Dropout(hidden, dropout) : hidden;
        var y = builder.Gemm(hidden, builder.Initializer("w2", Sample.Within(1, 3, 1, 4)), builder.Initializer("b2", Sample.Within(1, 4, 1)), transposeB: true);
        builder.Output(y, "y");
        builder.Output(builder.MeanOverSamples(builder.BinaryCrossEntropyWithLogits(y, t)), "loss");
        var graph = TrainingForm.Of(builder.Build());
        return gradients ? Gradients.Build(graph, "loss", Weights.Order(StringComparer.Ordinal)) : graph;
    }

    /// <summary>A plan of the perceptron with inputs filled in.</summary>
    public static ExecutionPlan Compile(Graph graph, int samples, Precision precision = Precision.Float, TaskPool? pool = null)
    {
        var options = new PlanOptions { Precision = precision, Pool = pool ?? TaskPool.Sequential, Mutable = Weights }.WithBatch(samples);
        var plan = ExecutionPlan.Compile(graph, options);
        var (x, t) = (Sample.Within(2, 5, samples, 3), Sample.Bools(6, samples, 1));
        for (int i = 0; i < x.Length; i++)
        {
            if (precision == Precision.Float)
            {
                plan.Input<float>("x")[i] = x.Values[i];
            }
            else
            {
                plan.Input<double>("x")[i] = x.Values[i];
            }
        }

        for (int i = 0; i < t.Length; i++)
        {
            if (precision == Precision.Float)
            {
                plan.Input<float>("t")[i] = t.Values[i] ? 1 : 0;
            }
            else
            {
                plan.Input<double>("t")[i] = t.Values[i] ? 1 : 0;
            }
        }

        return plan;
    }
}

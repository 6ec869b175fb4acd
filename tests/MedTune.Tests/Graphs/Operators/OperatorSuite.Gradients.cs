using System.Collections.Immutable;
using System.Globalization;
using MedTune.Graphs;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Operators;

/// <content>The gradient graph against central differences in double, and the float gradient against the double one.</content>
public sealed partial class OperatorSuite
{
    private const double Step = 1e-5;
    private const double Tolerance = 1e-6;

    /// <summary>Above this many elements only the float gradient is compared with the double one.</summary>
    private const int DifferencesLimit = 120;

    [Theory]
    [MemberData(nameof(Operators))]
    public void Gradient_Double_EqualsCentralDifferences(string name)
    {
        foreach (var run in Cases(name))
        {
            foreach (int input in GradientInputs(run).Where(input => run.Case.Inputs[input]!.Length <= DifferencesLimit))
            {
                var graph = GradientGraph(run, input);
                using var plan = ExecutionPlan.Compile(graph, Options(run, input, Precision.Double));
                plan.Run();
                var gradient = plan.Output<double>(Gradients.NameOf(CaseRun.InputName(input))).ToArray();
                Assert.Equal(run.Case.Inputs[input]!.Shape, plan.ShapeOf(Gradients.NameOf(CaseRun.InputName(input))));
                var values = plan.Initializer<double>(CaseRun.InputName(input));
                double scale = gradient.Select(Math.Abs).DefaultIfEmpty(0).Max();
                for (int i = 0; i < values.Length; i++)
                {
                    double difference = Difference(plan, values, i);
                    double allowed = Tolerance * Math.Max(1, scale);
                    Assert.True(Math.Abs(difference - gradient[i]) <= allowed, string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name}, {run.Case.Name}, input {input}, element {i}: gradient {gradient[i]:R}, central difference {difference:R}"));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void Gradient_Float_IsCloseToDouble(string name)
    {
        foreach (var run in Cases(name))
        {
            foreach (int input in GradientInputs(run))
            {
                var graph = GradientGraph(run, input);
                string output = Gradients.NameOf(CaseRun.InputName(input));
                using var exact = ExecutionPlan.Compile(graph, Options(run, input, Precision.Double));
                using var fast = ExecutionPlan.Compile(graph, Options(run, input, Precision.Float));
                exact.Run();
                fast.Run();
                double scale = exact.Output<double>(output).ToArray().Select(Math.Abs).DefaultIfEmpty(0).Max();
                for (int i = 0; i < exact.Output<double>(output).Length; i++)
                {
                    double difference = Math.Abs(exact.Output<double>(output)[i] - fast.Output<float>(output)[i]);
                    Assert.True(difference <= 10 * run.Case.FloatTolerance * Math.Max(1, scale), string.Create(
                        CultureInfo.InvariantCulture,
                        $"{name}, {run.Case.Name}, input {input}, element {i}: float {fast.Output<float>(output)[i]:R}, double {exact.Output<double>(output)[i]:R}"));
                }
            }
        }
    }

    private static double Difference(ExecutionPlan plan, Span<double> values, int index)
    {
        double at = values[index];
        values[index] = at + Step;
        plan.Run();
        double above = plan.Output<double>("loss")[0];
        values[index] = at - Step;
        plan.Run();
        double below = plan.Output<double>("loss")[0];
        values[index] = at;
        return (above - below) / (2 * Step);
    }

    private static bool IsDifferentiable(Operator op) =>
        op.GetType().GetMethod(nameof(Operator.Gradient))!.DeclaringType != typeof(Operator);

    private static ImmutableArray<int> GradientInputs(CaseRun run)
    {
        if (!run.Case.GradientInputs.IsDefault)
        {
            return run.Case.GradientInputs;
        }

        bool hasFloat = run.Graph.Outputs.Any(output => output.Type.Element == ElementType.Float);
        return !hasFloat || !IsDifferentiable(run.Operator) ? [] : [.. Enumerable.Range(0, run.Case.Inputs.Length).Where(i =>
            run.Case.Inputs[i] is Tensor<float> { Length: > 0 } && !CaseRun.IsConstant(run.Case, i) && run.Operator.ReadsValues(i))];
    }

    private static PlanOptions Options(CaseRun run, int input, Precision precision) => new()
    {
        Precision = precision,
        Mutable = [CaseRun.InputName(input)],
    };

    /// <summary>loss = the sum of every output times fixed weights, differentiated by one input; the other inputs are constants.</summary>
    private static Graph GradientGraph(CaseRun run, int input)
    {
        var builder = new GraphBuilder("gradient");
        for (int i = 0; i < run.Case.Inputs.Length; i++)
        {
            if (run.Case.Inputs[i] is Tensor tensor)
            {
                builder.Initializer(CaseRun.InputName(i), tensor);
            }
        }

        var node = run.Graph.Nodes[^1];
        var outputs = builder.Append(node);
        Value? loss = null;
        uint seed = 77;
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i].Type.Element != ElementType.Float || (!run.Case.GradientOutputs.IsDefault && !run.Case.GradientOutputs.Contains(i)))
            {
                continue;
            }

            int[] extents = [.. outputs[i].Type.Dimensions.Select(dimension => dimension.Value!.Value)];
            var weights = builder.Constant(Sample.Within(2, seed++, extents), "weights");
            var part = builder.ReduceSum(builder.Append("Mul", [outputs[i], weights]), keepDimensions: false);
            loss = loss is Value sum ? builder.Add(sum, part) : part;
        }

        builder.Output(builder.Append("Identity", [loss!.Value], outputName: "loss"));
        return Gradients.Build(builder.Build(), "loss", [CaseRun.InputName(input)]);
    }
}

using System.Collections.Immutable;
using MedTune.Graphs;
using MedTune.Graphs.Execution;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Operators;

/// <summary>One sample case as a graph of one node: whole-number inputs after the first are initializers, the others graph inputs.</summary>
internal sealed class CaseRun
{
    private CaseRun(Operator op, OperatorCase sample, Graph graph)
    {
        Operator = op;
        Case = sample;
        Graph = graph;
    }

    public Operator Operator { get; }

    public OperatorCase Case { get; }

    public Graph Graph { get; }

    public static string InputName(int index) => $"x{index}";

    public static string OutputName(int index) => $"y{index}";

    public static CaseRun Of(Operator op, OperatorCase sample, bool symbolic = false)
    {
        var builder = new GraphBuilder("case");
        var inputs = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < sample.Inputs.Length; i++)
        {
            inputs.Add(sample.Inputs[i] is null ? "" : InputName(i));
            if (sample.Inputs[i] is Tensor tensor)
            {
                Declare(builder, sample, i, tensor, symbolic);
            }
        }

        ImmutableArray<string> outputs = [.. Enumerable.Range(0, sample.Outputs).Select(OutputName)];
        foreach (var output in builder.Append(new Node(op.Name, inputs.ToImmutable(), outputs, sample.Attributes, op.Domain)))
        {
            builder.Output(output);
        }

        return new CaseRun(op, sample, builder.Build());
    }

    public static bool IsConstant(OperatorCase sample, int index) =>
        sample.ConstantInputs.Contains(index) ||
        (index > 0 && sample.Inputs[index]!.Type is ElementType.Int64 or ElementType.Int32);

    public ExecutionPlan Compile(Precision precision, TaskPool? pool = null)
    {
        var plan = ExecutionPlan.Compile(Graph, new PlanOptions { Precision = precision, Pool = pool ?? TaskPool.Sequential, FoldConstants = false });
        foreach (var input in Graph.Inputs)
        {
            Fill(plan, input.Name, TensorStorage.Stored(Case.Inputs[int.Parse(input.Name[1..], System.Globalization.CultureInfo.InvariantCulture)]!, precision));
        }

        return plan;
    }

    public Tensor[] Run(Precision precision, TaskPool? pool = null)
    {
        using var plan = Compile(precision, pool);
        plan.Run();
        plan.Run();
        return [.. Graph.Outputs.Select(output => Read(plan, output, precision))];
    }

    public static Tensor Read(ExecutionPlan plan, Value output, Precision precision)
    {
        var shape = plan.ShapeOf(output.Name);
        return TensorStorage.Stored(output.Type.Element, precision) switch
        {
            ElementType.Float => Tensor.Create(shape, plan.Output<float>(output.Name)),
            ElementType.Double => Tensor.Create(shape, plan.Output<double>(output.Name)),
            ElementType.Int64 => Tensor.Create(shape, plan.Output<long>(output.Name)),
            ElementType.Int32 => Tensor.Create(shape, plan.Output<int>(output.Name)),
            ElementType.Bool => Tensor.Create(shape, plan.Output<bool>(output.Name)),
            ElementType.UInt8 => Tensor.Create(shape, plan.Output<byte>(output.Name)),
            ElementType.Int8 => Tensor.Create(shape, plan.Output<sbyte>(output.Name)),
            ElementType.Int16 => Tensor.Create(shape, plan.Output<short>(output.Name)),
            ElementType.UInt16 => Tensor.Create(shape, plan.Output<ushort>(output.Name)),
            ElementType.UInt32 => Tensor.Create(shape, plan.Output<uint>(output.Name)),
            ElementType.UInt64 => Tensor.Create(shape, plan.Output<ulong>(output.Name)),
            ElementType.Float16 => Tensor.Create(shape, plan.Output<Half>(output.Name)),
            ElementType.BFloat16 => Tensor.Create(shape, plan.Output<BFloat16>(output.Name)),
            _ => Tensor.Create(shape, plan.OutputStrings(output.Name)),
        };
    }

    public static void Fill(ExecutionPlan plan, string name, Tensor tensor)
    {
        switch (tensor)
        {
            case Tensor<float> typed: typed.Values.CopyTo(plan.Input<float>(name)); break;
            case Tensor<double> typed: typed.Values.CopyTo(plan.Input<double>(name)); break;
            case Tensor<long> typed: typed.Values.CopyTo(plan.Input<long>(name)); break;
            case Tensor<int> typed: typed.Values.CopyTo(plan.Input<int>(name)); break;
            case Tensor<bool> typed: typed.Values.CopyTo(plan.Input<bool>(name)); break;
            case Tensor<byte> typed: typed.Values.CopyTo(plan.Input<byte>(name)); break;
            case Tensor<sbyte> typed: typed.Values.CopyTo(plan.Input<sbyte>(name)); break;
            case Tensor<short> typed: typed.Values.CopyTo(plan.Input<short>(name)); break;
            case Tensor<ushort> typed: typed.Values.CopyTo(plan.Input<ushort>(name)); break;
            case Tensor<uint> typed: typed.Values.CopyTo(plan.Input<uint>(name)); break;
            case Tensor<ulong> typed: typed.Values.CopyTo(plan.Input<ulong>(name)); break;
            case Tensor<Half> typed: typed.Values.CopyTo(plan.Input<Half>(name)); break;
            case Tensor<BFloat16> typed: typed.Values.CopyTo(plan.Input<BFloat16>(name)); break;
            case Tensor<string> typed: typed.Values.CopyTo(plan.Strings(name)); break;
            default: throw new NotSupportedException($"Cannot fill a {tensor.Type} input.");
        }
    }

    /// <summary>Any values as doubles, for comparisons: truth values are 0 and 1.</summary>
    public static double[] Numbers(Tensor tensor) => tensor switch
    {
        Tensor<float> typed => [.. typed.Values.ToArray().Select(value => (double)value)],
        Tensor<double> typed => typed.Values.ToArray(),
        Tensor<long> typed => [.. typed.Values.ToArray().Select(value => (double)value)],
        Tensor<int> typed => [.. typed.Values.ToArray().Select(value => (double)value)],
        Tensor<bool> typed => [.. typed.Values.ToArray().Select(value => value ? 1d : 0d)],
        Tensor<byte> typed => [.. typed.Values.ToArray().Select(value => (double)value)],
        Tensor<sbyte> typed => [.. typed.Values.ToArray().Select(value => (double)value)],
        Tensor<short> typed => [.. typed.Values.ToArray().Select(value => (double)value)],
        Tensor<ushort> typed => [.. typed.Values.ToArray().Select(value => (double)value)],
        Tensor<uint> typed => [.. typed.Values.ToArray().Select(value => (double)value)],
        Tensor<ulong> typed => [.. typed.Values.ToArray().Select(value => (double)value)],
        Tensor<Half> typed => [.. typed.Values.ToArray().Select(value => (double)value)],
        Tensor<BFloat16> typed => [.. typed.Values.ToArray().Select(value => (double)value.ToSingle())],
        _ => throw new NotSupportedException($"{tensor.Type} values are not numbers."),
    };

    private static void Declare(GraphBuilder builder, OperatorCase sample, int index, Tensor tensor, bool symbolic)
    {
        if (IsConstant(sample, index))
        {
            builder.Initializer(InputName(index), tensor);
            return;
        }

        // Every distinct extent gets one symbol, so that inputs that must agree do.
        var dimensions = new List<Dimension>();
        foreach (int extent in tensor.Shape.Extents)
        {
            dimensions.Add(symbolic && extent > 1 ? Dimension.FromSymbol($"D{extent}") : extent);
        }

        builder.Input(InputName(index), tensor.Type, [.. dimensions]);
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using MedTune.Graphs;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Operators;

/// <summary>What every registered operator must pass. A new operator is checked by being in the registry.</summary>
public sealed partial class OperatorSuite
{
    public static TheoryData<string> Operators => [.. OperatorRegistry.All.Where(op => op is not DynamicOperator).Select(op => NodeErrors.Qualified(op.Domain, op.Name))];

    [Theory]
    [MemberData(nameof(Operators))]
    public void Operator_Cases_ExistAndHaveDistinctNames(string name)
    {
        var cases = Cases(name);
        Assert.NotEmpty(cases);
        Assert.Equal(cases.Length, cases.Select(run => run.Case.Name).Distinct().Count());
        Assert.Contains(cases, run => run.Case.HasGolden);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void Forward_Double_EqualsGoldenValues(string name)
    {
        foreach (var run in Cases(name).Where(run => run.Case.HasGolden))
        {
            var golden = GoldenValues.For(run.Operator, run.Case);
            Assert.True(golden is not null, $"{name}, {run.Case.Name}: no golden values for these inputs; see tests/TestData/Graphs/README.md.");
            var outputs = run.Run(Precision.Double);
            Assert.Equal(golden.Count, outputs.Length);
            for (int i = 0; i < outputs.Length; i++)
            {
                Compare(outputs[i], golden[i]!, run.Case.GoldenTolerance, $"{name}, {run.Case.Name}, output {i}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void Forward_Float_IsCloseToDouble(string name)
    {
        foreach (var run in Cases(name))
        {
            var exact = run.Run(Precision.Double);
            var fast = run.Run(Precision.Float);
            for (int i = 0; i < exact.Length; i++)
            {
                string where = $"{name}, {run.Case.Name}, output {i}";
                Assert.Equal(exact[i].Shape, fast[i].Shape);
                if (exact[i] is Tensor<string> text)
                {
                    Assert.Equal(text.Values.ToArray(), fast[i].Values<string>().ToArray());
                }
                else
                {
                    AssertClose(CaseRun.Numbers(exact[i]), CaseRun.Numbers(fast[i]), exact[i] is Tensor<double> ? run.Case.FloatTolerance : 0, where);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void InferTypes_SymbolicInputs_AgreeWithExecution(string name)
    {
        foreach (var run in Cases(name))
        {
            var outputs = run.Run(Precision.Float);
            CaseRun symbolic;
            try
            {
                symbolic = CaseRun.Of(run.Operator, run.Case, symbolic: true);
            }
            catch (InvalidGraphException error) when (error.Message.Contains("must be known", StringComparison.Ordinal))
            {
                continue;
            }

            for (int i = 0; i < outputs.Length; i++)
            {
                string where = $"{name}, {run.Case.Name}, output {i}";
                var inferred = symbolic.Graph.Outputs[i].Type;
                Assert.True(inferred.Element == outputs[i].Type, $"{where}: inferred {inferred}, executed {outputs[i].Type}");
                Assert.True(!inferred.HasRank || inferred.Rank == outputs[i].Shape.Rank, $"{where}: inferred {inferred}, executed {outputs[i].Shape}");
                for (int axis = 0; inferred.HasRank && axis < inferred.Rank; axis++)
                {
                    var dimension = inferred.Dimensions[axis];
                    int? expected = dimension.Value ?? (dimension.Symbol is { } symbol ? int.Parse(symbol.AsSpan(1), CultureInfo.InvariantCulture) : null);
                    Assert.True(expected is null || expected == outputs[i].Shape[axis], $"{where}: inferred {inferred}, executed {outputs[i].Shape}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void Run_Repeated_AllocatesNothing(string name)
    {
        foreach (var run in Cases(name))
        {
            foreach (var precision in new[] { Precision.Float, Precision.Double })
            {
                using var plan = run.Compile(precision);
                plan.Run();
                long allocated = 1;

                // The runtime itself may allocate once or twice, when it first compiles a method or runs a static constructor.
                for (int attempt = 0; attempt < 4 && allocated > 0; attempt++)
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    plan.Run();
                    allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                }

                Assert.True(allocated == 0, $"{name}, {run.Case.Name}, {precision}: {allocated} bytes allocated by a run.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void Run_SeveralThreads_GivesTheSameBits(string name)
    {
        using var pool = new TaskPool(3);
        foreach (var run in Cases(name))
        {
            var alone = run.Run(Precision.Float);
            var together = run.Run(Precision.Float, pool);
            for (int i = 0; i < alone.Length; i++)
            {
                Assert.True(Bits(alone[i]) == Bits(together[i]), $"{name}, {run.Case.Name}, output {i}: three threads give other bits than one.");
            }
        }
    }

    /// <summary>Writes the cases for the golden script when asked to; see tests/TestData/Graphs/README.md.</summary>
    [Fact]
    public void Cases_WhenAsked_AreWrittenForTheGoldenScript()
    {
        if (Environment.GetEnvironmentVariable("MEDTUNE_CASES_FILE") is not { Length: > 0 } file)
        {
            return;
        }

        var all = new JsonObject();
        foreach (var op in OperatorRegistry.All)
        {
            var cases = new JsonObject();
            foreach (var sample in op.Cases.Where(sample => sample.HasGolden))
            {
                var described = GoldenValues.Describe(sample);
                described["digest"] = GoldenValues.Digest(sample);
                cases[sample.Name] = described;
            }

            all[Path.GetFileNameWithoutExtension(GoldenValues.FileOf(op))] = cases;
        }

        File.WriteAllText(file, all.ToJsonString());
    }

    private static CaseRun[] Cases(string name)
    {
        var op = OperatorRegistry.All.Single(op => NodeErrors.Qualified(op.Domain, op.Name) == name);
        return [.. op.Cases.Select(sample => CaseRun.Of(op, sample))];
    }

    private static void Compare(Tensor actual, JsonNode golden, double tolerance, string where)
    {
        int[] shape = [.. golden["shape"]!.AsArray().Select(extent => (int)extent!)];
        Assert.True(actual.Shape == new Shape(shape), $"{where}: shape {actual.Shape}, expected {new Shape(shape)}");
        var values = golden["values"]!.AsArray();
        if (actual is Tensor<string> text)
        {
            Assert.Equal(values.Select(value => (string)value!), text.Values.ToArray());
            return;
        }

        AssertClose([.. values.Select(value => GoldenValues.Number(value!))], CaseRun.Numbers(actual), actual is Tensor<double> ? tolerance : 0, where);
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance, string where)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            bool close = expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(close, string.Create(CultureInfo.InvariantCulture, $"{where}, element {i}: {actual[i]:R}, expected {expected[i]:R} within {tolerance:R}"));
        }
    }
}

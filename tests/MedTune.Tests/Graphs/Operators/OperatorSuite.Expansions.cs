using MedTune.Graphs;
using MedTune.Graphs.Files;
using MedTune.Tensors;

namespace MedTune.Tests.Graphs.Operators;

/// <content>What a younger operator is written as must compute what it computes itself.</content>
public sealed partial class OperatorSuite
{
    private const double ExpansionTolerance = 1e-6;

    [Theory]
    [MemberData(nameof(Operators))]
    public void Expansion_OfEveryCase_GivesTheSameOutputs(string name)
    {
        foreach (var run in Cases(name))
        {
            // Constants of the expansion are floats, so double agrees to float's last places only.
            var graph = NewerOperators.Expand(run.Graph);
            if (ReferenceEquals(graph, run.Graph))
            {
                continue;
            }

            var expected = run.Run(Precision.Double);
            using var plan = ExecutionPlan.Compile(graph, new PlanOptions { Precision = Precision.Double, FoldConstants = false });
            foreach (var input in graph.Inputs)
            {
                int index = int.Parse(input.Name.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
                CaseRun.Fill(plan, input.Name, MedTune.Graphs.Execution.TensorStorage.Stored(run.Case.Inputs[index]!, Precision.Double));
            }

            plan.Run();
            for (int i = 0; i < expected.Length; i++)
            {
                string where = $"{name}, {run.Case.Name}, output {i}";
                var actual = CaseRun.Read(plan, graph.Outputs[i], Precision.Double);
                Assert.Equal(expected[i].Shape, actual.Shape);
                AssertClose(CaseRun.Numbers(expected[i]), CaseRun.Numbers(actual), expected[i] is Tensor<double> ? ExpansionTolerance : 0, where);
            }
        }
    }
}

using MedTune.Tensors;

namespace MedTune.Graphs.Operators;

/// <summary>An operator on pairs of truth values.</summary>
internal abstract class LogicOperator : PredicateOperator
{
    public override IEnumerable<OperatorCase> Cases
    {
        get
        {
            yield return new("table", Tensor.Vector(true, true, false, false), Tensor.Vector(true, false, true, false));
            yield return new("a row", Sample.Bools(1, 3, 5), Sample.Bools(2, 5));
            yield return new("a column", Sample.Bools(3, 3, 5), Sample.Bools(4, 3, 1));
        }
    }

    protected override ReadOnlySpan<ElementType> Allowed => [ElementType.Bool];
}

namespace MedTune.Graphs;

/// <summary>What a node of a decision tree asks of its feature, in the order of <c>ai.onnx.ml</c>'s names.</summary>
public enum TreeBranch
{
    /// <summary>Nothing: an end that holds weights.</summary>
    Leaf,

    /// <summary>At most the threshold.</summary>
    LessOrEqual,

    /// <summary>Below the threshold.</summary>
    Less,

    /// <summary>At least the threshold.</summary>
    GreaterOrEqual,

    /// <summary>Above the threshold.</summary>
    Greater,

    /// <summary>Equal to the threshold: one level of a category.</summary>
    Equal,

    /// <summary>Any other value than the threshold, NaN too.</summary>
    NotEqual,
}

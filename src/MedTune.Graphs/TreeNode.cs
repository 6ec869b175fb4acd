namespace MedTune.Graphs;

/// <summary>One node of a decision tree.</summary>
/// <param name="Branch">The question.</param>
/// <param name="Feature">The column of the feature matrix that is asked; 0 for a leaf.</param>
/// <param name="Threshold">What it is compared with; 0 for a leaf.</param>
/// <param name="True">Index of the node for yes; for a leaf, of its first weight.</param>
/// <param name="False">Index of the node for no; for a leaf, one past its last weight.</param>
/// <param name="MissingIsTrue">Whether NaN counts as yes; else it is no.</param>
/// <param name="Cover">How many training samples came here; 0 when that is not known.</param>
public readonly record struct TreeNode(TreeBranch Branch, int Feature, double Threshold, int True, int False, bool MissingIsTrue, float Cover)
{
    /// <summary>The answer to the question.</summary>
    /// <param name="value">The feature's value.</param>
    public bool Answer(double value) => Branch switch
    {
        TreeBranch.LessOrEqual => value <= Threshold,
        TreeBranch.Less => value < Threshold,
        TreeBranch.GreaterOrEqual => value >= Threshold,
        TreeBranch.Greater => value > Threshold,
        TreeBranch.Equal => value == Threshold,
        _ => value != Threshold,
    } || (MissingIsTrue && double.IsNaN(value));
}

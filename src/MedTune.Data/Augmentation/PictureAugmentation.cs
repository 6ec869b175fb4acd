namespace MedTune.Data.Augmentation;

/// <summary>A random change of a training picture that leaves its label true.</summary>
/// <remarks>One file for each; all are in <see cref="AugmentationRegistry"/> and pass one common suite: size kept, samples within 0 and 1, nothing changed at strength 0, the same bits for
/// the same draw.</remarks>
public abstract class PictureAugmentation
{
    /// <summary>The first number of a draw that a change may use.</summary>
    protected const int FirstElement = 16;

    /// <summary>The name in plans and on the command line: small letters with hyphens.</summary>
    public abstract string Name { get; }

    /// <summary>What it does at full strength, in one clause.</summary>
    public abstract string Description { get; }

    /// <summary>Whether left and right, or up and down, may be exchanged: wrong where the side matters.</summary>
    public virtual bool ChangesSides => false;

    /// <summary>Changes a picture in place.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="draw">The random numbers.</param>
    /// <param name="strength">0 (nothing changes) to 1.</param>
    public abstract void Apply(TrainingPicture picture, AugmentationDraw draw, double strength);
}

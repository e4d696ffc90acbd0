"""The posts of a body."""

from yifa.registry.v1 import post_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.registry.post.model import POSTS, Post


@read
def list_posts(request: post_pb2.ListPostsRequest, view: View) -> post_pb2.ListPostsResponse:
    statement = POSTS.where(Post.body_id == request.body_id)
    rows, token = view.page(statement, (Post.post_id,), request.page_size, request.page_token)
    posts = (post_pb2.Post.FromString(row.record) for row in rows)
    return post_pb2.ListPostsResponse(posts=posts, next_page_token=token)
